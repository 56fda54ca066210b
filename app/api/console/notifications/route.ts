import { consoleRoute } from '@/lib/console-route'
import { countUnread } from '@/lib/notices/inbox/count-unread'

/** What the bell shows. */
export const GET = consoleRoute('notifications:read', (actor) => countUnread(actor))

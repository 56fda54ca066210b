import type { NoticeContent } from '@/lib/notices/kinds'
import type { DeliveriesView } from '@/lib/notices/mail/find-deliveries'

export type NoticeRow = {
  id: string
  /** ISO 8601 in UTC with microseconds. */
  exact_at: string
  kind: string
  facts: unknown
  is_read: boolean | null
}

/** What a reader may see of a notice. `at` is ISO 8601 in UTC. */
export type NoticeView = {
  id: string
  at: string
  content: NoticeContent
  /** Null: it was for others, and the reader looks at everybody's. */
  isRead: boolean | null
  /** Null: not for this reader to see. */
  deliveries: DeliveriesView | null
}

export function viewNotice(row: NoticeRow, deliveries: DeliveriesView | null): NoticeView {
  return {
    id: row.id,
    at: `${row.exact_at.slice(0, 23)}Z`,
    // What was raised has the shape of its kind, and never changes.
    content: { kind: row.kind, facts: row.facts } as NoticeContent,
    isRead: row.is_read,
    deliveries,
  }
}

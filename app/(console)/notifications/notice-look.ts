import { Clock, Eye, type LucideIcon, RefreshCw, ShieldOff, TimerOff, Undo2, UserMinus } from 'lucide-react'
import type { NoticeKind } from '@/lib/notices/kinds'

type Look = { icon: LucideIcon; tone: string }

const calm = 'bg-raised text-muted'
const warn = 'bg-warn-soft text-warn'

export const noticeLooks: Record<NoticeKind, Look> = {
  'organization-key-replaced': { icon: RefreshCw, tone: calm },
  'organization-key-ending': { icon: Clock, tone: warn },
  'organization-key-revealed': { icon: Eye, tone: calm },
  'organization-key-revoked': { icon: Undo2, tone: calm },
  'organization-key-expiration-removed': { icon: ShieldOff, tone: warn },
  'organization-key-interval-set': { icon: RefreshCw, tone: calm },
  'admin-ended': { icon: UserMinus, tone: warn },
  'service-key-ending': { icon: Clock, tone: warn },
  'service-key-expired': { icon: TimerOff, tone: 'bg-bad-soft text-bad' },
}

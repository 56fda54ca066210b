import {
  Clock,
  Eye,
  Gauge,
  KeyRound,
  type LucideIcon,
  RefreshCw,
  ShieldCheck,
  ShieldOff,
  TimerOff,
  Trash2,
  Undo2,
  UserMinus,
} from 'lucide-react'
import type { NoticeKind } from '@/lib/notices/kinds'

type Look = { icon: LucideIcon; tone: string }

const calm = 'bg-raised text-muted'
const warn = 'bg-warn-soft text-warn'
const bad = 'bg-bad-soft text-bad'

export const noticeLooks: Record<NoticeKind, Look> = {
  'organization-key-replaced': { icon: RefreshCw, tone: calm },
  'organization-key-ending': { icon: Clock, tone: warn },
  'organization-key-issued': { icon: KeyRound, tone: calm },
  'organization-key-revealed': { icon: Eye, tone: calm },
  'organization-key-revoked': { icon: Undo2, tone: calm },
  'organization-key-expiration-removed': { icon: ShieldOff, tone: warn },
  'organization-key-expiration-restored': { icon: ShieldCheck, tone: calm },
  'organization-key-deleted': { icon: Trash2, tone: bad },
  'organization-key-interval-set': { icon: RefreshCw, tone: calm },
  'media-limit-decided': { icon: Gauge, tone: calm },
  'admin-ended': { icon: UserMinus, tone: warn },
  'service-key-ending': { icon: Clock, tone: warn },
  'service-key-expired': { icon: TimerOff, tone: bad },
}

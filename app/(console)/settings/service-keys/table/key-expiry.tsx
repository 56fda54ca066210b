import { Clock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { DateAndTime } from '@/components/ui/moment'
import type { ServiceKeyView } from '@/lib/service-keys/view'
import { daysLeftText, isExpiringSoon } from './expiring'

export function KeyExpiry({
  keyShown: { state, expiresAt },
  now,
}: {
  keyShown: ServiceKeyView
  now: string
}) {
  if (!expiresAt) return <span className="text-muted">Never</span>
  return (
    <>
      <DateAndTime at={expiresAt} />
      {state !== 'expired' && isExpiringSoon(expiresAt, now) && (
        <span className="block">
          <Badge tone="warn" icon={Clock}>
            {daysLeftText(expiresAt, now)}
          </Badge>
        </span>
      )}
    </>
  )
}

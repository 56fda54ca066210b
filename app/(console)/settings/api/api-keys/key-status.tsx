import { CircleCheck, CircleX, Clock, Hourglass } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'
import { stateOfUse, timeLeft } from './time-left'

export function KeyStatus({
  keyShown: key,
  serverNow,
}: {
  keyShown: OrganizationKeyView
  serverNow: string
}) {
  switch (key.state) {
    case 'active':
      return <Active keyShown={key} serverNow={serverNow} />
    case 'retiring':
      return (
        <>
          <Badge tone="warn" icon={Hourglass}>
            Retiring
          </Badge>
          <span className="block whitespace-nowrap text-muted">{timeLeft(key.deadline, serverNow)} left</span>
          <span className="block text-muted">{stateOfUse(key, serverNow)}</span>
          <span className="block text-muted">Replaced by {key.revokedBy ?? 'schedule'}</span>
        </>
      )
    case 'revoked':
      return (
        <>
          <Badge tone="bad" icon={CircleX}>
            Revoked
          </Badge>
          {key.deadline && (
            <span className="block text-muted">
              since <Moment at={key.deadline} form="date" />
            </span>
          )}
        </>
      )
    case 'expired':
      return (
        <Badge tone="bad" icon={Clock}>
          Expired
        </Badge>
      )
  }
}

function Active({ keyShown: key, serverNow }: { keyShown: OrganizationKeyView; serverNow: string }) {
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone="good" icon={CircleCheck}>
        Active
      </Badge>
      {key.isExpiring && (
        <Badge tone="warn" icon={Clock}>
          Expiring in {timeLeft(key.deadline, serverNow)}
        </Badge>
      )}
    </span>
  )
}

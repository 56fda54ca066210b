import { CircleCheck, CirclePause, Clock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { ServiceKeyState } from '@/lib/service-keys/lifecycle'
import { stateNames } from '@/lib/service-keys/state-names'
import type { ServiceKeyView } from '@/lib/service-keys/view'

const looks: Record<
  Exclude<ServiceKeyState, 'deleted'>,
  { tone: 'good' | 'neutral' | 'bad'; icon: typeof Clock }
> = {
  active: { tone: 'good', icon: CircleCheck },
  disabled: { tone: 'neutral', icon: CirclePause },
  expired: { tone: 'bad', icon: Clock },
}

export function KeyState({ keyShown: { state, overlapEndsAt } }: { keyShown: ServiceKeyView }) {
  const { tone, icon } = looks[state]
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {stateNames[state]}
      </Badge>
      {overlapEndsAt && (
        <span className="block text-xs leading-5 text-muted">
          Old secret accepted until <Moment at={overlapEndsAt} form="date" />,{' '}
          <Moment at={overlapEndsAt} form="time" />
        </span>
      )}
    </>
  )
}

import { CircleCheck, CirclePause, Clock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { ServiceKeyState } from '@/lib/service-keys/lifecycle'
import type { ServiceKeyView } from '@/lib/service-keys/view'

const looks: Record<
  Exclude<ServiceKeyState, 'deleted'>,
  { tone: 'good' | 'neutral' | 'bad'; icon: typeof Clock; name: string }
> = {
  active: { tone: 'good', icon: CircleCheck, name: 'Active' },
  disabled: { tone: 'neutral', icon: CirclePause, name: 'Disabled' },
  expired: { tone: 'bad', icon: Clock, name: 'Expired' },
}

export function KeyState({ keyShown: { state, overlapEndsAt } }: { keyShown: ServiceKeyView }) {
  const { tone, icon, name } = looks[state]
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {name}
      </Badge>
      {overlapEndsAt && (
        <span className="block text-xs leading-5 text-muted">
          Old key accepted until <Moment at={overlapEndsAt} />
        </span>
      )}
    </>
  )
}

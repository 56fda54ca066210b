import { Ban, CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { type Outcome, outcomeNames } from '@/lib/requests/outcome'

const looks: Record<Outcome, { tone: 'good' | 'warn' | 'neutral' | 'bad'; icon: LucideIcon }> = {
  ok: { tone: 'good', icon: CircleCheck },
  denied: { tone: 'warn', icon: Ban },
  invalid: { tone: 'neutral', icon: TriangleAlert },
  error: { tone: 'bad', icon: CircleX },
}

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { tone, icon } = looks[outcome]
  return (
    <Badge tone={tone} icon={icon}>
      {outcomeNames[outcome]}
    </Badge>
  )
}

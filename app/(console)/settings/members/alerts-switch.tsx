'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import type { GroupView } from '@/lib/groups/list-groups'
import { setAccountAlerts } from './actions'
import { memberWords } from './words'

type Props = { organizationId: string; group: GroupView }

export function AlertsSwitch({ organizationId, group }: Props) {
  const router = useRouter()
  const [isAsking, setIsAsking] = useState(false)
  const [isReading, startReading] = useTransition()
  const id = `alerts-${group.id}`

  async function turn() {
    const on = !group.accountAlerts
    setIsAsking(true)
    const outcome = await setAccountAlerts(organizationId, { groupId: group.id, on }).catch(() => null)
    setIsAsking(false)
    startReading(() => router.refresh())
    if (!outcome?.ok) return toast('bad', memberWords(outcome))
    toast('good', `${group.name} ${on ? 'gets account alerts' : 'gets no account alerts any more'}`)
  }

  return (
    <>
      <label htmlFor={id} className="sr-only">
        Account alerts for {group.name}
      </label>
      <Switch id={id} on={group.accountAlerts} busy={isAsking || isReading} onTurn={turn} />
    </>
  )
}

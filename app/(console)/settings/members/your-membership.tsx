'use client'

import { LogOut } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import { type MemberRole, roleLines, roleNames } from '@/lib/members/roles'
import type { LeaveProps } from './leave-dialog'

const LeaveDialog = lazyDialog<LeaveProps>(
  () => import('./leave-dialog').then((m) => m.LeaveDialog),
  ({ onClose }) => onClose(),
)

type Props = {
  organizationId: string
  organizationName: string
  role: MemberRole
  groups: { name: string; accountAlerts: boolean }[]
  isLastAdmin: boolean
}

/** What everybody may know and do, whatever their role. */
export function YourMembership({ role, groups, isLastAdmin, ...organization }: Props) {
  const [isLeaving, setIsLeaving] = useState(false)
  const hasAlerts = groups.some(({ accountAlerts }) => accountAlerts)
  return (
    <section
      aria-labelledby="your-membership"
      className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-xl border border-line bg-surface p-4 sm:px-5"
    >
      <div className="min-w-0 grow basis-80">
        <h2 id="your-membership" className="text-base font-semibold">
          Your membership
        </h2>
        <p className="mt-1 [overflow-wrap:anywhere]">
          <span className="font-medium">{roleNames[role]}</span>
          <span className="text-muted">: {roleLines[role]}</span>
        </p>
        <p className="text-muted [overflow-wrap:anywhere]">
          {groups.length > 0
            ? `You are in ${groups.map(({ name }) => name).join(', ')}, and ${hasAlerts ? 'get' : 'do not get'} account alerts.`
            : 'You are in no group, and do not get account alerts.'}
        </p>
        {isLastAdmin && (
          <p className="text-muted">You are the only admin: make somebody else an admin before you leave.</p>
        )}
      </div>
      <Button disabled={isLastAdmin} onClick={() => setIsLeaving(true)}>
        <LogOut aria-hidden className="size-4" />
        Leave
      </Button>
      {isLeaving && (
        <Suspense>
          <LeaveDialog {...organization} onClose={() => setIsLeaving(false)} />
        </Suspense>
      )}
    </section>
  )
}

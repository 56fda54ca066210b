import { KeyRound, LifeBuoy } from 'lucide-react'
import type { NavigationGroup } from '@/components/shell/shell'
import { type Session, shownMembership } from '@/lib/auth/session'

/** Where this person may go. The pages decide for themselves; this only spares people closed doors. */
export function navigationOf(session: Session): NavigationGroup[] {
  const role = shownMembership(session)?.role ?? null
  const groups: NavigationGroup[] = [
    { title: 'Settings', links: role ? [{ href: '/settings/api', name: 'API', icon: KeyRound }] : [] },
    {
      title: 'Platform',
      links: session.isSupport ? [{ href: '/support', name: 'Support', icon: LifeBuoy }] : [],
    },
  ]
  return groups.filter(({ links }) => links.length > 0)
}

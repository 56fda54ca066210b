import { Bell, Bot, KeyRound, LifeBuoy, ScrollText, Users } from 'lucide-react'
import type { NavigationGroup } from '@/components/shell/shell'
import { can } from '@/lib/auth/permissions'
import { type Session, shownMembership } from '@/lib/auth/session'

/** Where this person may go. The pages decide for themselves; this only spares people closed doors. */
export function navigationOf(session: Session): NavigationGroup[] {
  const role = shownMembership(session)?.role ?? null
  const groups: NavigationGroup[] = [
    {
      title: 'Settings',
      links: [
        ...(can(role, 'general:read')
          ? [{ href: '/settings/api', name: 'API', icon: KeyRound } as const]
          : []),
        ...(can(role, 'service-keys:read')
          ? [{ href: '/settings/service-keys', name: 'Service keys', icon: Bot } as const]
          : []),
        ...(can(role, 'general:read')
          ? [{ href: '/settings/members', name: 'Members', icon: Users } as const]
          : []),
      ],
    },
    {
      title: 'Activity',
      links: [
        ...(can(role, 'notifications:read')
          ? [{ href: '/notifications', name: 'Notifications', icon: Bell } as const]
          : []),
        ...(can(role, 'requests:read')
          ? [{ href: '/requests', name: 'Requests', icon: ScrollText } as const]
          : []),
      ],
    },
    {
      title: 'Platform',
      links: session.isSupport ? [{ href: '/support', name: 'Support', icon: LifeBuoy }] : [],
    },
  ]
  return groups.filter(({ links }) => links.length > 0)
}

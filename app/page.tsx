import { redirect } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { isDatabaseGone } from '@/lib/database-gone'

/** Where a person starts: the platform's staff at their desk, everybody else in their organization. */
export default async function Home() {
  redirect(await firstPage())
}

async function firstPage() {
  try {
    const session = await currentSession()
    const membership = session && shownMembership(session)
    if (session?.isSupport && !membership) return '/support'
    // Whoever sees no settings has nothing else.
    if (membership && !can(membership.role, 'general:read')) return '/notifications'
  } catch (error) {
    // The page that it leads to says that the database is away.
    if (!isDatabaseGone(error)) throw error
  }
  return '/settings/api'
}

import { redirect } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { isDatabaseGone } from '@/lib/database-gone'

/** Where a person starts: the platform's staff at their desk, everybody else in their organization. */
export default async function Home() {
  redirect((await isStaffOnly()) ? '/support' : '/settings/api')
}

async function isStaffOnly(): Promise<boolean> {
  try {
    const session = await currentSession()
    return session?.isSupport === true && session.memberships.length === 0
  } catch (error) {
    // The page that it leads to says that the database is away.
    if (isDatabaseGone(error)) return false
    throw error
  }
}

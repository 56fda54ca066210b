import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { Message } from '@/components/ui/message'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { isDatabaseGone } from '@/lib/database-gone'
import { env } from '@/lib/env'
import { countUnread } from '@/lib/notices/inbox/count-unread'
import { signOut, switchOrganization } from './(console)/actions'
import { navigationOf } from './navigation'

/** The shell around every page that needs somebody to be signed in. */
export async function Frame({ children }: { children: ReactNode }) {
  const found = await readFrame().catch((error: unknown) => {
    if (isDatabaseGone(error)) return 'unavailable' as const
    throw error
  })
  if (found === 'unavailable') return <Unavailable />
  if (!found) redirect('/sign-in')
  const { session, shown, unread } = found
  return (
    <Shell
      navigation={navigationOf(session)}
      person={{ name: session.name, email: session.email }}
      organizations={session.memberships.map((m) => ({ id: m.organizationId, name: m.organizationName }))}
      shownId={shown?.organizationId ?? null}
      unread={unread}
      isDemo={env().KEYTURN_DEMO}
      signOut={signOut}
      switchOrganization={switchOrganization}
    >
      {children}
    </Shell>
  )
}

async function readFrame() {
  const session = await currentSession()
  if (!session) return null
  const shown = shownMembership(session)
  const isTold = shown && can(shown.role, 'notifications:read')
  return { session, shown, unread: isTold ? await countUnread({ ...session, ...shown }) : null }
}

function Unavailable() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md items-center p-6">
      <Message title="Keyturn cannot reach its database" tone="bad">
        <p>
          Nothing is lost, and keys keep working for a short while. The page opens again as soon as the
          database answers: reload it in a moment.
        </p>
      </Message>
    </main>
  )
}

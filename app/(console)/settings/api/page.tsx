import type { Metadata } from 'next'
import Link from 'next/link'
import { Message } from '@/components/ui/message'
import { Section } from '@/components/ui/section'
import { currentSession } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { listKeys } from '@/lib/organization-keys/list'
import { ApiKeys } from './api-keys/api-keys'

export const metadata: Metadata = { title: 'API' }

export default async function ApiSettingsPage() {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">API</h1>
      <div className="mt-6 space-y-4">
        {membership && can(membership.role, 'organization-keys:read') ? (
          <Section
            title="API Keys"
            hint={`The key that opens the API to ${membership.organizationName}'s systems`}
            open
          >
            <ApiKeys
              organizationId={membership.organizationId}
              initial={await listKeys(membership.organizationId)}
              mayAct={can(membership.role, 'organization-keys:revoke')}
              apiUrl={env().API_URL}
            />
          </Section>
        ) : (
          <Explanation
            organizationName={membership?.organizationName ?? null}
            isSupport={session?.isSupport ?? false}
          />
        )}
      </div>
    </>
  )
}

function Explanation({
  organizationName,
  isSupport,
}: {
  organizationName: string | null
  isSupport: boolean
}) {
  if (!organizationName && isSupport) {
    return (
      <Message level="h2" title="API settings belong to the organizations">
        <p>
          As the platform&apos;s staff you see of an organization its media limit, and change it at the{' '}
          <Link className="font-medium text-accent underline underline-offset-4" href="/support">
            support desk
          </Link>
          .
        </p>
      </Message>
    )
  }
  if (!organizationName) {
    return (
      <Message level="h2" title="You do not belong to an organization">
        <p>An organization&apos;s API settings are open to its own admins and auditors.</p>
      </Message>
    )
  }
  return (
    <Message level="h2" title={`${organizationName}'s API key is kept by its admins`}>
      <p>
        Your role does not show the organization key. If one of your systems needs to call the API, ask an
        admin of {organizationName} for access.
      </p>
    </Message>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { Message } from '@/components/ui/message'
import { RefreshOnReturn } from '@/components/ui/refresh-on-return'
import { Section } from '@/components/ui/section'
import { currentSession } from '@/lib/auth/current'
import { can, type Permission } from '@/lib/auth/permissions'
import { shownMembership } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { contentTypes } from '@/lib/media/content-type'
import { readMedia } from '@/lib/media/read-media'
import { calendarEnd } from '@/lib/organization-keys/calendar'
import { listKeys } from '@/lib/organization-keys/list'
import { listServiceKeyEnds } from '@/lib/service-keys/ends'
import { viewGeneral } from '@/lib/settings/general-view'
import { ApiKeys } from './api-keys/api-keys'
import { WhoIsTold } from './api-keys/who-is-told'
import { General } from './general/general'
import { Media } from './media/media'

export const metadata: Metadata = { title: 'API' }

export default async function ApiSettingsPage() {
  const session = await currentSession()
  const membership = session && shownMembership(session)
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">API</h1>
      <div className="mt-6 space-y-4">
        {membership ? (
          <Sections {...membership} />
        ) : session?.isSupport ? (
          <SupportDesk />
        ) : (
          <NoOrganization />
        )}
      </div>
    </>
  )
}

/** The sections that this role may see. */
async function Sections({ organizationId, organizationName, role }: Membership) {
  const may = (permission: Permission) => can(role, permission)
  const mayReadKeys = may('organization-keys:read')
  const now = new Date()
  const [keys, serviceKeyEnds, general, media] = await Promise.all([
    mayReadKeys ? listKeys(organizationId, now) : null,
    mayReadKeys && may('service-keys:read')
      ? listServiceKeyEnds(organizationId, now, calendarEnd(now))
      : null,
    may('general:read') ? viewGeneral(organizationId) : null,
    may('media:read') ? readMedia(organizationId) : null,
  ])
  return (
    <>
      {keys ? (
        <Section title="API Keys" hint={`The key that opens the API to ${organizationName}'s systems`} open>
          <ApiKeys
            organizationId={organizationId}
            initial={keys}
            serviceKeyEnds={serviceKeyEnds}
            mayAct={may('organization-keys:revoke')}
            apiUrl={env().API_URL}
          >
            <WhoIsTold organizationId={organizationId} organizationName={organizationName} />
          </ApiKeys>
        </Section>
      ) : (
        <KeptByAdmins organizationName={organizationName} />
      )}
      {general && (
        <Section
          title="General"
          hint="How DateTimes are written, and how requests are found again"
          open={!keys}
        >
          <General
            organizationId={organizationId}
            initial={general}
            mayChange={may('general:change')}
            now={now.getTime()}
          />
        </Section>
      )}
      {media && (
        <Section title="Media" hint="How large a file may be">
          <Media
            organizationId={organizationId}
            view={media}
            contentTypes={contentTypes}
            mayAsk={may('media:request-limit')}
          />
        </Section>
      )}
      {(general || media) && <RefreshOnReturn />}
    </>
  )
}

type Membership = NonNullable<ReturnType<typeof shownMembership>>

function NoOrganization() {
  return (
    <Message level="h2" title="You do not belong to an organization">
      <p>An organization&apos;s API settings are open to its own admins and auditors.</p>
    </Message>
  )
}

function SupportDesk() {
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

function KeptByAdmins({ organizationName }: { organizationName: string }) {
  return (
    <Message level="h2" title={`${organizationName}'s API key is kept by its admins`}>
      <p>
        Your role does not show the organization key. If one of your systems needs to call the API, ask an
        admin of {organizationName} for access.
      </p>
    </Message>
  )
}

import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { viewOrganization } from '@/lib/support-desk/view-organization'
import { staffOnly, titleForStaff } from '../staff-only'
import { Desk } from './desk'
import { Facts } from './facts'
import { History } from './history'

export const generateMetadata = titleForStaff

export default async function OrganizationPage({ params }: { params: Promise<{ organizationId: string }> }) {
  await staffOnly()
  const now = new Date()
  const organization = await viewOrganization((await params).organizationId, now)
  if (!organization) notFound()
  return (
    <>
      <Link
        href="/support"
        className="inline-flex items-center gap-1.5 font-medium text-muted hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        All organizations
      </Link>
      <h1 className="mt-3 text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">
        {organization.name}
      </h1>
      <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{organization.id}</code>
      <div className="mt-6 space-y-4">
        <Desk organization={organization} now={now.toISOString()}>
          <Facts limit={organization.limit} usage={organization.usage} />
        </Desk>
        <History entries={organization.history} isCut={organization.isHistoryCut} />
      </div>
    </>
  )
}

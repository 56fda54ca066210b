import { Moment } from '@/components/ui/moment'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** Who would notice: the number of addresses of the last 7 days, and the last use. */
export function UsageLine({ keyShown: key }: { keyShown: OrganizationKeyView }) {
  if (!key.lastUsedAt) return <>Nobody: it was never used</>
  const addresses = key.addressesIn7Days === 1 ? '1 address' : `${key.addressesIn7Days} addresses`
  return (
    <>
      {key.addressesIn7Days === 0 ? 'Nobody' : addresses} in the last 7 days; last use{' '}
      <Moment at={key.lastUsedAt} /> from {key.lastUsedFrom}
    </>
  )
}

import { Moment } from '@/components/ui/moment'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** When the key is refused: the end of its grace, else its expiry. Without either, why, and when that is reviewed. */
export function KeyExpiry({ keyShown: key }: { keyShown: OrganizationKeyView }) {
  if (key.deadline) return <Moment at={key.deadline} form="date" />
  return (
    <>
      Never expires
      {key.expirationReason && (
        <span
          title={key.expirationReason}
          className="line-clamp-2 max-w-48 text-muted [overflow-wrap:anywhere]"
        >
          {key.expirationReason}
        </span>
      )}
      {key.expirationReviewOn && (
        <span className="block text-muted">
          Review on <Moment at={`${key.expirationReviewOn}T12:00:00Z`} form="date" />
        </span>
      )}
    </>
  )
}

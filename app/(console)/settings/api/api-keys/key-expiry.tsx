import { Moment } from '@/components/ui/moment'
import { replacementDue } from '@/lib/organization-keys/schedule'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'
import { factsOf } from './key-facts'

/**
 * When the key is refused: the end of its grace, else its expiry, and when the schedule replaces it before that.
 * Without either, why, and when that is reviewed.
 */
export function KeyExpiry({ keyShown: key }: { keyShown: OrganizationKeyView }) {
  if (key.deadline) {
    const due = key.state === 'active' && replacementDue(factsOf(key))
    return (
      <>
        <Moment at={key.deadline} form="date" />
        {due && (
          <span className="block text-muted">
            Replaced by schedule on <Moment at={due.toISOString()} form="date" />
          </span>
        )}
      </>
    )
  }
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

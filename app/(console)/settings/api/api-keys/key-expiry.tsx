import { Moment } from '@/components/ui/moment'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'

type Props = { keyShown: OrganizationKeyView; serverNow: string }

/** When the key is refused: the end of its grace, else its expiry. Without either, why, and when that is reviewed. */
export function KeyExpiry({ keyShown: key, serverNow }: Props) {
  if (key.deadline) {
    return (
      <>
        <Moment at={key.deadline} form="date" />
        {key.replacementDue && <Replacement dueAt={key.replacementDue} now={serverNow} />}
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

/** `now` is the server's clock: what is overdue comes as soon as the schedule looks. */
function Replacement({ dueAt, now }: { dueAt: string; now: string }) {
  return (
    <span className="block max-w-36 text-muted">
      {dueAt <= now ? (
        'About to be replaced by schedule'
      ) : (
        <>
          Replaced by schedule on <Moment at={dueAt} form="date" />
        </>
      )}
    </span>
  )
}

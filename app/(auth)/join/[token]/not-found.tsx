import Link from 'next/link'

/** Used, withdrawn, expired and unknown links look alike: who holds one learns no more than that it opens nothing. */
export default function InvitationNotFound() {
  return (
    <>
      <h1 className="text-base font-semibold">This invitation is not open</h1>
      <p className="mt-1 text-muted">
        Its link was used before, has expired, was replaced by a newer one, or is not complete. If you have
        joined already,{' '}
        <Link className="font-medium text-accent underline underline-offset-4" href="/sign-in">
          sign in
        </Link>
        . Otherwise look for a newer mail, or ask an admin of the organization to send the invitation again.
      </p>
    </>
  )
}

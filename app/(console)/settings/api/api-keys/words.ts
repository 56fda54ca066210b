import { codeWords } from '@/components/codes/code-words'
import { doorWords } from '@/components/refusals'

type Refused = { ok: false; reason: string; details?: unknown } | null

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Words for what the verbs of an organization key may refuse. */
export function keyWords(refusal: Refused): string {
  switch (refusal?.reason) {
    case 'already-revoked': {
      const { by, at } = refusal.details as { by: string | null; at: Date }
      return `${by ?? 'The schedule'} revoked this key first, at ${moment.format(at)}. Its successor is already in the table.`
    }
    case 'expired':
      return 'This key has expired in the meantime. Create a new one instead.'
    case 'not-active':
      return 'This key is not the active one any more. Reload the page.'
    case 'already-removed':
      return 'This key already never expires: another admin was first.'
    case 'not-removed':
      return 'This key already has an expiration again: another admin was first.'
    case 'review-in-the-past':
      return 'Choose a date in the future for the review.'
    case 'in-the-past':
      return 'Choose a date in the future.'
    case 'too-late':
      return `Choose a date up to ${moment.format((refusal.details as { latest: Date }).latest)}: a key is active for 365 days at the most.`
    case 'still-active':
      return 'This key is active. Revoke it first.'
    case 'not-accepted':
      return 'This key is not accepted any more, so there is nothing to view.'
    case 'invalid-input':
      return (
        Object.values((refusal.details as { fields: Record<string, string> }).fields)[0] ?? doorWords(refusal)
      )
    default:
      return codeWords(refusal)
  }
}

const becauseOf: Record<string, string> = {
  expired: 'it has expired',
  revoked: 'it was revoked and its grace period is over',
}

export function testWords(refusal: Refused): string {
  switch (refusal?.reason) {
    case 'api-unreachable':
      return 'The API did not answer, so the key could not be tested. Check that the API is running.'
    case 'api-refused': {
      const { state, status, title, requestId } = refusal.details as {
        state: string
        status: number
        title: string | null
        requestId: string | null
      }
      const because = becauseOf[state] ?? `it answered ${status}${title ? ` “${title}”` : ''}`
      return `The API refuses this key: ${because}.${requestId ? ` Request ${requestId}.` : ''}`
    }
    default:
      return keyWords(refusal)
  }
}

import { doorWords } from '@/components/refusals'
import { sizeText } from '@/lib/media/sizes'
import { momentText } from '@/lib/moment-text'

export type Refused = { ok: false; reason: string; details?: unknown } | null

/** What somebody else wrote between this person's reading and writing. */
export type Meanwhile = {
  number: number
  by: string
  at: Date
  to: number
  endsAt: Date | null
  reason: string
}

export function meanwhileWords({ by, at, to, endsAt, reason }: Meanwhile): string {
  const until = endsAt ? ` until ${momentText(endsAt)}` : ''
  return `${by} set the limit to ${sizeText(to)}${until} in the meantime, at ${momentText(at)}: “${reason}”`
}

type Answered = { by: string | null; at: Date; decision: string; grantedBytes: number | null; answer: string }

/** Words for what the verbs of the support desk refuse as a whole. */
export function deskWords(refusal: Refused): string {
  switch (refusal?.reason) {
    case 'already-answered': {
      const { by, at, grantedBytes, answer } = refusal.details as Answered
      const did = grantedBytes === null ? 'declined this request' : `granted ${sizeText(grantedBytes)}`
      return `${by ?? 'Somebody'} ${did} first, at ${momentText(at)}: “${answer}”`
    }
    case 'unchanged':
      return 'That is the limit now, so there is nothing to change.'
    case 'not-found':
      return 'The organization or its request is not there any more. Reload the page.'
    case 'invalid-input':
      return (
        Object.values((refusal.details as { fields: Record<string, string> }).fields)[0] ?? doorWords(refusal)
      )
    default:
      return doorWords(refusal)
  }
}

export type FieldErrors = { bytes?: string; endsAt?: string; reason?: string }

/** The fields that a refusal is about, each with its words. */
export function fieldErrors(refusal: Refused): FieldErrors {
  switch (refusal?.reason) {
    case 'ends-in-the-past':
      return { endsAt: 'Choose a date and a time in the future.' }
    case 'same-afterwards':
      return { endsAt: 'The limit is the same afterwards. Leave the end out, or choose another size.' }
    case 'unchanged':
      return { bytes: 'That is the limit now, so there is nothing to change.' }
    case 'invalid-input': {
      const { bytes, endsAt, reason } = (refusal.details as { fields: FieldErrors }).fields
      return { ...(bytes ? { bytes } : {}), ...(endsAt ? { endsAt } : {}), ...(reason ? { reason } : {}) }
    }
    default:
      return {}
  }
}

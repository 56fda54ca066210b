import { doorWords } from '@/components/refusals'
import { exactSizeText } from '@/lib/media/sizes'

type Refused = { ok: false; reason: string; details?: unknown } | null

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

export const noSize = 'Enter a size, such as 20 or 7.5.'

/** Beside which field of the request a refusal stands, and its words. */
export function requestWords(refusal: Refused): { field: 'size' | 'reason' | 'form'; words: string } {
  switch (refusal?.reason) {
    case 'not-larger': {
      const { limitBytes } = refusal.details as { limitBytes: number }
      return { field: 'size', words: `Ask for more than the present limit, ${exactSizeText(limitBytes)}.` }
    }
    case 'too-large': {
      const { largestBytes } = refusal.details as { largestBytes: number }
      return { field: 'size', words: `Ask for ${exactSizeText(largestBytes)} at most.` }
    }
    case 'already-open': {
      const { by, at, wantedBytes } = refusal.details as { by: string | null; at: Date; wantedBytes: number }
      return {
        field: 'form',
        words: `${by ?? 'Another admin'} has already asked for ${exactSizeText(wantedBytes)}, at ${moment.format(at)}. Support answers that request first.`,
      }
    }
    case 'invalid-input': {
      const { fields } = refusal.details as { fields: Record<string, string> }
      if (fields.wantedBytes) return { field: 'size', words: noSize }
      if (fields.reason) return { field: 'reason', words: fields.reason }
      return { field: 'form', words: doorWords(refusal) }
    }
    default:
      return { field: 'form', words: doorWords(refusal) }
  }
}

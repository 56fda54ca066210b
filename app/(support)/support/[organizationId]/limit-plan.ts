import { largestMediaLimitBytes } from '@/lib/media/limit'
import { type SizeUnit, sizeText, sizeUnits } from '@/lib/media/sizes'
import type { LimitView } from '@/lib/support-desk/view'

/** What is wrong with a size; `below` is what less has to be granted than. */
export function sizeFault(bytes: number | null, below: number | null): string | undefined {
  if (bytes === null) return 'Enter a size, such as 20 or 7.5.'
  if (bytes < 1 || bytes > largestMediaLimitBytes)
    return `Enter a size from 1 byte to ${sizeText(largestMediaLimitBytes)}.`
  if (below !== null && bytes >= below) return `Enter less than the ${sizeText(below)} that is asked for.`
  return undefined
}

/**
 * What is wrong with an end as it was typed, in the reader's zone; nothing typed is no end. `isHalf`: its field holds
 * a date without a time, or such, which scripts read as empty.
 */
export function endFault(typed: string, isHalf: boolean, now: Date): string | undefined {
  const end = Date.parse(typed)
  if (isHalf || (typed !== '' && Number.isNaN(end))) return 'Enter a date and a time, or leave both out.'
  return end <= now.getTime() ? 'Choose a date and a time in the future.' : undefined
}

/** A size as it is typed, in the largest unit that says it exactly. */
export function amountOf(bytes: number): { amount: string; unit: SizeUnit } {
  for (const unit of ['MiB', 'KiB'] as const) {
    const inUnit = bytes / sizeUnits[unit]
    if (Number.isInteger(inUnit)) return { amount: String(inUnit), unit }
  }
  return { amount: String(bytes), unit: 'bytes' }
}

/** What granting in full sets: never less than the limit that lasts. */
export function fullGrant(wantedBytes: number, limit: LimitView): number {
  return Math.max(wantedBytes, limit.afterwardsBytes)
}

/** One sentence for what will be, `endsAt` already in the reader's words. */
export function previewText(bytes: number, endsAt: string | null, limit: LimitView): string {
  const size = sizeText(bytes)
  const now = endsAt
    ? `From now until ${endsAt} the limit is ${size}; then ${sizeText(limit.afterwardsBytes)} again.`
    : `From now on the limit is ${size}.`
  if (bytes < limit.bytes) return `${now} That is less than the ${sizeText(limit.bytes)} of now.`
  return bytes === limit.bytes && endsAt === null && limit.endsAt === null
    ? `The limit already is ${size}, and stays so.`
    : now
}

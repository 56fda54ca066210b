/** What holds for every emailed code, whatever it is for (PRODUCT.md, View; SECURITY.md, Codes). Pure. */
export const codeLifeMinutes = 10
export const triesPerCode = 5
export const wrongTriesPerDay = 20
export const codesPerHour = 10
/** For all addresses together; an office behind one address still signs in. */
export const codesPerHourAndClient = 60
export const resendAfterSeconds = 30

export type SentCode = { createdAt: Date; expiresAt: Date; wrongTries: number; usedAt: Date | null }

export function isGood(code: SentCode, now: Date): boolean {
  return !code.usedAt && code.wrongTries < triesPerCode && now < code.expiresAt
}

export type SendDecision =
  | { do: 'send' }
  | { do: 'show-field'; because: 'just-sent' | 'limit'; sentAt: Date }
  | { do: 'refuse'; retryAt: Date }

/**
 * Whether to send another code. `sameBinding` is the newest code that this request could still use,
 * `lastHour` all that were sent to the address for this purpose within the hour.
 */
export function decideSend(
  sameBinding: SentCode | null,
  lastHour: readonly SentCode[],
  now: Date,
): SendDecision {
  const usable = sameBinding && isGood(sameBinding, now) ? sameBinding : null
  if (usable && now.getTime() - usable.createdAt.getTime() < resendAfterSeconds * 1000) {
    return { do: 'show-field', because: 'just-sent', sentAt: usable.createdAt }
  }
  if (lastHour.length < codesPerHour) return { do: 'send' }
  if (usable) return { do: 'show-field', because: 'limit', sentAt: usable.createdAt }
  const oldest = Math.min(...lastHour.map((code) => code.createdAt.getTime()))
  return { do: 'refuse', retryAt: new Date(oldest + 3_600_000) }
}

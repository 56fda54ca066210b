import { effectiveMediaLimit, type MediaLimitFacts } from '@/lib/media/limit'
import { done, refuse } from '@/lib/outcome'

/** A limit in bytes from now on; with an end it is temporary. */
export type WantedLimit = { bytes: number; endsAt: Date | null }

/** The limit at one moment: when it ends by itself, and what it falls back to then. */
export type LimitNow = { bytes: number; endsAt: Date | null; afterwardsBytes: number }

export function limitAt(facts: MediaLimitFacts, now: Date): LimitNow {
  const bytes = effectiveMediaLimit(facts, now.getTime())
  const end = facts.temporaryMediaLimitEndsAt
  const isTemporary = end !== null && now.getTime() < end
  return { bytes, endsAt: isTemporary ? new Date(end) : null, afterwardsBytes: facts.mediaLimitBytes }
}

/**
 * What a change makes of the facts: a temporary limit stands over the lasting one, which it falls back to, and a
 * lasting one clears it. Refuses with `ends-in-the-past`, `unchanged`, or `same-afterwards` when a temporary limit
 * would be what it falls back to.
 */
export function planChange(facts: MediaLimitFacts, wanted: WantedLimit, now: Date) {
  const { bytes, endsAt } = wanted
  if (endsAt && endsAt <= now) return refuse('ends-in-the-past')
  const current = limitAt(facts, now)
  if (bytes === current.bytes && endsAt?.getTime() === current.endsAt?.getTime()) return refuse('unchanged')
  if (endsAt && bytes === facts.mediaLimitBytes) return refuse('same-afterwards')
  return done({
    mediaLimitBytes: endsAt ? facts.mediaLimitBytes : bytes,
    temporaryMediaLimitBytes: endsAt ? bytes : null,
    temporaryMediaLimitEndsAt: endsAt ? endsAt.getTime() : null,
  } satisfies MediaLimitFacts)
}

/** The facts of a request for a larger limit that say what became of it. */
export type LimitRequestFacts = {
  readonly wantedBytes: number
  readonly answeredAt: Date | null
  readonly grantedBytes: number | null
}

export type LimitDecision = 'open' | 'granted' | 'granted-less' | 'declined'

/** What became of a request; derived, never stored. */
export function decisionOf({ wantedBytes, answeredAt, grantedBytes }: LimitRequestFacts): LimitDecision {
  if (answeredAt === null) return 'open'
  if (grantedBytes === null) return 'declined'
  return grantedBytes < wantedBytes ? 'granted-less' : 'granted'
}

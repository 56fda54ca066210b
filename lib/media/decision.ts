/** The facts of a request for a larger limit that say what became of it. */
export type LimitRequestFacts = {
  readonly wantedBytes: number
  readonly answeredAt: Date | null
  readonly grantedBytes: number | null
}

export type LimitAnswer = 'granted' | 'granted-less' | 'declined'
export type LimitDecision = 'open' | LimitAnswer

/** What became of a request; derived, never stored. */
export function decisionOf({ wantedBytes, answeredAt, grantedBytes }: LimitRequestFacts): LimitDecision {
  return answeredAt === null ? 'open' : answerOf(wantedBytes, grantedBytes)
}

/** @param grantedBytes null: nothing */
export function answerOf(wantedBytes: number, grantedBytes: number | null): LimitAnswer {
  if (grantedBytes === null) return 'declined'
  return grantedBytes < wantedBytes ? 'granted-less' : 'granted'
}

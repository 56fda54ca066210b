/**
 * How far the operational list may be believed (SECURITY.md, Operation). `current`: also that a key is unknown.
 * `fresh`: what it says of a key that it knows. `stale`: nothing.
 */
export type Trust = 'current' | 'fresh' | 'stale'

/** Milliseconds of a clock that is never set back; `confirmedAt` is when the last confirming query was sent. */
export type Confirmation = { confirmedAt: number | null; connected: boolean }

export type TrustLimits = { currentForMs: number; staleAfterMs: number }

export function trustOf(
  { confirmedAt, connected }: Confirmation,
  elapsed: number,
  limits: TrustLimits,
): Trust {
  if (confirmedAt === null) return 'stale'
  const age = elapsed - confirmedAt
  if (age > limits.staleAfterMs) return 'stale'
  return connected && age <= limits.currentForMs ? 'current' : 'fresh'
}

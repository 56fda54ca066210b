/** What became of a call, told from its HTTP status: a closed set, the same for every screen, filter and count. */
export const outcomes = ['ok', 'denied', 'invalid', 'error'] as const
export type Outcome = (typeof outcomes)[number]

const deniedStatuses = [401, 403, 429]

export const outcomeNames: Record<Outcome, string> = {
  ok: 'OK',
  denied: 'Denied',
  invalid: 'Bad request',
  error: 'Error',
}

export function outcomeOf(status: number): Outcome {
  if (status < 400) return 'ok'
  if (status >= 500) return 'error'
  return deniedStatuses.includes(status) ? 'denied' : 'invalid'
}

/** The same rule for Postgres; every part but the first lets it use the index of what was not answered well. */
export const outcomeConditions: Record<Outcome, string> = {
  ok: 'status < 400',
  denied: `status in (${deniedStatuses})`,
  invalid: `status >= 400 and status < 500 and status not in (${deniedStatuses})`,
  error: 'status >= 500',
}

import type { Code } from '@/lib/verify/code'

/** An RFC 9457 problem. `code` is ours and stable; `detail` is for a person; `headers` go with the answer. */
export type Problem = {
  status: number
  code: string
  title: string
  detail?: string
  headers?: readonly string[]
  members?: Record<string, string | number | boolean | readonly string[]>
}

const challenge = 'Bearer realm="api"'
const withChallenge = (error?: string) => [
  'WWW-Authenticate',
  error ? `${challenge}, error="${error}"` : challenge,
]
const retryAfterSeconds = 5

export const noCredential: Problem = {
  status: 401,
  code: 'UNAUTHENTICATED',
  title: 'A key is required',
  detail: 'Send it as "Authorization: Bearer <token>" or "X-Api-Key: <token>".',
  headers: withChallenge(),
}

export const invalidToken: Problem = {
  status: 401,
  code: 'INVALID_TOKEN',
  title: 'Invalid token',
  headers: withChallenge('invalid_token'),
}

export const twoCredentials: Problem = {
  ...invalidToken,
  detail: 'The request carries two different tokens.',
}

const insufficientScope = { status: 403, headers: withChallenge('insufficient_scope') }

export const unavailable: Problem = {
  status: 503,
  code: 'UNAVAILABLE',
  title: 'Keys cannot be checked at the moment',
  headers: ['Retry-After', String(retryAfterSeconds)],
}

/** What a stranger hears of each verdict: for everything about the token itself, the same. */
export const denials: Record<Exclude<Code, 'VALID'> | 'UNAVAILABLE', Problem> = {
  MALFORMED: invalidToken,
  NOT_FOUND: invalidToken,
  EXPIRED: invalidToken,
  REVOKED: invalidToken,
  DISABLED: invalidToken,
  IP_DENIED: { ...insufficientScope, code: 'IP_DENIED', title: 'Not allowed from this address' },
  INSUFFICIENT_ACCESS: {
    ...insufficientScope,
    code: 'INSUFFICIENT_ACCESS',
    title: "The key's access level does not allow this method",
  },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED', title: 'Too many requests' },
  UNAVAILABLE: unavailable,
}

export const databaseUnavailable: Problem = {
  ...unavailable,
  title: 'The database cannot be reached at the moment',
}

export const tokenInQuery: Problem = {
  status: 400,
  code: 'TOKEN_IN_QUERY',
  title: 'A token must not be sent in the query string',
  detail:
    'Addresses end up in logs. Treat this token as exposed: revoke it, and send its successor in a header.',
}

/** @param where "the body", "Idempotency-Key" */
export function tokenMisplaced(where: string): Problem {
  return {
    status: 400,
    code: 'TOKEN_MISPLACED',
    title: 'A key stands where none belongs',
    detail: `What was sent in ${where} holds a key. It was not kept. Treat it as exposed when somebody else can see what you send.`,
  }
}

/** For what takes everything that an access level can have, whatever the method. */
export const needsFullAccess: Problem = {
  ...insufficientScope,
  code: 'INSUFFICIENT_ACCESS',
  title: 'This takes a key with the access level Full',
}

export const notFound: Problem = {
  status: 404,
  code: 'PATH_NOT_FOUND',
  title: 'There is nothing at this path',
}

export const tooSlow: Problem = {
  status: 503,
  code: 'TOO_SLOW',
  title: 'This took too long',
  detail: 'Try again, or ask for less at once: what narrows a list makes it faster.',
  headers: ['Retry-After', String(retryAfterSeconds)],
}

/** What waited for others in the database for too long has changed nothing. */
export const databaseBusy: Problem = {
  ...tooSlow,
  detail: 'Nothing was changed. Try again.',
}

/** Who changes something and is not told how it ended may send it again only under an `Idempotency-Key`. */
export function outcomeUnknown(hadIdempotencyKey: boolean): Problem {
  return {
    ...databaseUnavailable,
    code: 'OUTCOME_UNKNOWN',
    detail: hadIdempotencyKey
      ? 'It may have been done or not. Send the same again with the same Idempotency-Key: it is not done twice.'
      : 'It may have been done or not. Look with GET before you send it again; with an Idempotency-Key it would not be done twice.',
  }
}

export const idempotencyKeyReused: Problem = {
  status: 422,
  code: 'IDEMPOTENCY_KEY_REUSED',
  title: 'This Idempotency-Key was used for something else',
  detail:
    'Nothing was changed. Send a new text with each new intention, and the same one only with the very same question.',
}

/** Of another organization, or never there: the same. */
export function absent(what: string): Problem {
  return { status: 404, code: 'NOT_FOUND', title: `There is no such ${what}` }
}

export const expectationFailed: Problem = {
  status: 417,
  code: 'EXPECTATION_FAILED',
  title: 'Only "Expect: 100-continue" is understood',
}

export const headersTooLarge: Problem = {
  status: 431,
  code: 'HEADERS_TOO_LARGE',
  title: 'The headers are too large',
}

export const timedOut: Problem = {
  status: 408,
  code: 'TIMEOUT',
  title: 'The request took too long',
  headers: ['Connection', 'close'],
}

export const internalError: Problem = { status: 500, code: 'INTERNAL', title: 'Something went wrong' }

export function methodNotAllowed(allowed: readonly string[]): Problem {
  return {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    title: 'This path does not answer this method',
    headers: ['Allow', allowed.join(', ')],
  }
}

export function badRequest(detail: string): Problem {
  return { status: 400, code: 'BAD_REQUEST', title: 'The request is not well-formed', detail }
}

export function bodyTooLarge(limitBytes: number, receivedBytes: number): Problem {
  return {
    status: 413,
    code: 'BODY_TOO_LARGE',
    title: 'The body is too large',
    detail: `At most ${limitBytes} bytes are read, ${receivedBytes} were sent.`,
    headers: ['Connection', 'close'],
    members: { limitBytes, receivedBytes },
  }
}

/** The body of a problem, `application/problem+json`. */
export function problemJson({ status, code, title, detail, members }: Problem, requestId: string): string {
  return JSON.stringify({ type: 'about:blank', title, status, code, detail, ...members, requestId })
}

import { isTestCall } from '@/lib/keys/test-mark'
import type { KeyEntry } from '@/lib/verify/entries'
import { verify } from '@/lib/verify/verifier'
import { presentedToken } from './credential'
import type { Exchange } from './exchange'
import { denials, noCredential, type Problem, twoCredentials } from './problem'

/** `now`: the moment of the decision, `exp`: the Secret's own, if it has one; milliseconds since 1970. */
export type Caller = { key: KeyEntry; now: number; exp: number | null; problem: null }
type Denied = { key: null; problem: Problem }

/**
 * Whose call it is, and whether it is allowed at all. Notes verdict, key and the customer's request id on the
 * exchange, and keeps the call as the last use, or refusal, of its key; the console's own test call does not count.
 * @param method of the call that is decided about; null when a gateway did not name it
 * @param field `customerRequestId` of the body
 */
export function authenticate(exchange: Exchange, method: string | null, field?: unknown): Caller | Denied {
  const { api, address, headers } = exchange
  const { token, conflict } = presentedToken(headers)
  if (token === null) {
    exchange.takeCustomerRequestId(field)
    if (!conflict) return denied(noCredential)
    exchange.code = 'TWO_CREDENTIALS'
    return denied(twoCredentials)
  }

  const now = api.now()
  const verdict = verify(api.source, api.recognizer, token, { method, address, now })
  exchange.code = verdict.code
  exchange.key = verdict.key
  exchange.takeCustomerRequestId(field)
  const { code, key, exp } = verdict
  if (key !== null && code !== 'UNAVAILABLE') {
    const isTest =
      headers.testMark !== null && isTestCall(headers.testMark, token, new Date(now), api.masterKeys)
    if (!isTest) api.lastUsed.record(key, { code, address, userAgent: headers.userAgent, at: now })
  }
  if (code !== 'VALID') return denied(denials[code])
  if (key === null) throw new Error('a valid token without a key')
  return { key, now, exp, problem: null }
}

function denied(problem: Problem): Denied {
  return { key: null, problem }
}

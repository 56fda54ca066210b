import type { Code } from './code'
import { type Call, type Credential, decide } from './decide'
import type { KeyEntry } from './entries'
import type { OperationalList } from './operational-list'
import type { Recognizer } from './recognizer'
import type { Trust } from './trust'

/** `UNAVAILABLE`: the list cannot say; never a guess. `key` is whose call it was, also where it is refused. */
export type Verdict = {
  readonly code: Code | 'UNAVAILABLE'
  readonly key: KeyEntry | null
  /** The Secret's own `exp`, in milliseconds, which may be before the end of its key; null where it has none. */
  readonly exp: number | null
}

/** Where the list comes from: lib/verify/list-keeper.ts, or a list at hand. */
export type ListSource = { readonly list: OperationalList; trust(): Trust }

const withoutKey = (code: Verdict['code']): Verdict => ({ code, key: null, exp: null })
const malformed = withoutKey('MALFORMED')
const notFound = withoutKey('NOT_FOUND')
const unavailable = withoutKey('UNAVAILABLE')

/** Answers for a token with what is in memory: no query, no promise. */
export function verify(source: ListSource, recognizer: Recognizer, token: string, call: Call): Verdict {
  const { list } = source
  const credential: Credential = recognizer.recognize(token, list)
  if (credential.form === 'malformed') return malformed
  const trust = source.trust()
  if (trust === 'stale') return unavailable
  if (credential.form === 'unknown') return trust === 'current' ? notFound : unavailable
  const exp = credential.form === 'secret' ? credential.expiresAt : null
  return { code: decide(credential, call), key: credential.key, exp }
}

import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'

/** How every token begins. A Secret's payload counts by itself, because the API key is in it. */
const tokenStarts = [
  'kt_org_',
  'kt_svc_',
  encodedStart('{"alg":"EdDSA","typ":"keyturn-secret+jwt","kid":"'),
  encodedStart('{"client_id":"org_'),
]
/** Proxies encode what is encoded already; without a bound `%252525…` would be decoded a thousand times. */
const mostDecodings = 3

/** `/a?b=c` → `['/a', 'b=c']`; also takes a whole URL and drops what follows `#`. */
export function splitTarget(target: string): [path: string, query: string] {
  const withoutOrigin = target.startsWith('/')
    ? target
    : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const mark = withoutOrigin.indexOf('?')
  if (mark === -1) return [withoutOrigin, '']
  return [withoutOrigin.slice(0, mark), withoutOrigin.slice(mark + 1)]
}

/** Whether a text holds one of our tokens, percent-encoded, even twice, or not; such a text is refused and never logged. */
export function holdsToken(text: string): boolean {
  let rest = text
  for (let decodings = 0; rest !== ''; decodings++) {
    if (holdsPlainToken(rest)) return true
    if (decodings === mostDecodings || !rest.includes('%')) return false
    rest = lenientlyDecoded(rest)
  }
  return false
}

/**
 * The parameters of a query string, of which only `allowed` ones may appear, each once.
 * Refuses with `unknown-parameter`, `duplicate-parameter` or `malformed-query`.
 */
export function parseQuery(
  query: string,
  allowed: readonly string[],
): Outcome<
  Map<string, string>,
  Refusal<'unknown-parameter' | 'duplicate-parameter' | 'malformed-query', string>
> {
  const parameters = new Map<string, string>()
  if (query === '') return done(parameters)
  if (!isDecodable(query)) return refuse('malformed-query', '')
  for (const [name, value] of new URLSearchParams(query)) {
    if (parameters.has(name)) return refuse('duplicate-parameter', name)
    if (!allowed.includes(name)) return refuse('unknown-parameter', name)
    parameters.set(name, value)
  }
  return done(parameters)
}

function holdsPlainToken(text: string): boolean {
  return tokenStarts.some((start) => text.includes(start))
}

function isDecodable(query: string): boolean {
  try {
    return decodeURIComponent(query).isWellFormed()
  } catch {
    return false
  }
}

function lenientlyDecoded(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

// Only whole groups of three bytes keep their spelling whatever follows them.
function encodedStart(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64url')
}

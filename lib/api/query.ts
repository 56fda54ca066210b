import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'

/** `/a?b=c` → `['/a', 'b=c']`; also takes a whole URL and drops what follows `#`. */
export function splitTarget(target: string): [path: string, query: string] {
  const withoutOrigin = target.startsWith('/')
    ? target
    : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const mark = withoutOrigin.indexOf('?')
  if (mark === -1) return [withoutOrigin, '']
  return [withoutOrigin.slice(0, mark), withoutOrigin.slice(mark + 1)]
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

function isDecodable(query: string): boolean {
  try {
    return decodeURIComponent(query).isWellFormed()
  } catch {
    return false
  }
}

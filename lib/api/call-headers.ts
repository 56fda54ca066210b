/** What the API reads of a request's headers. Null: absent. Lists keep every value, in the order of arrival. */
export type CallHeaders = {
  authorization: string[] | string | null
  apiKey: string[] | string | null
  userAgent: string
  testMark: string | null
  host: number
  idempotencyKey: string[] | string | null
  forwardedFor: string | null
  forwardedMethod: string[] | string | null
  forwardedUri: string[] | string | null
  originalMethod: string[] | string | null
  originalUrl: string[] | string | null
}

/**
 * One pass over `rawHeaders` (name, value, name, value …). Node's own `headers` joins or drops repeated ones and
 * costs more than the rest of a warm call.
 */
export function readCallHeaders(raw: readonly string[]): CallHeaders {
  const headers: CallHeaders = {
    authorization: null,
    apiKey: null,
    userAgent: '',
    testMark: null,
    host: 0,
    idempotencyKey: null,
    forwardedFor: null,
    forwardedMethod: null,
    forwardedUri: null,
    originalMethod: null,
    originalUrl: null,
  }
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    const value = raw[i + 1] as string
    switch (name.length) {
      case 4:
        if (is(name, 'host')) headers.host += 1
        break
      case 9:
        if (is(name, 'x-api-key')) headers.apiKey = and(headers.apiKey, value)
        break
      case 10:
        if (is(name, 'user-agent')) headers.userAgent = value
        break
      case 13:
        if (is(name, 'authorization')) headers.authorization = and(headers.authorization, value)
        break
      case 14:
        if (is(name, 'x-original-url')) headers.originalUrl = and(headers.originalUrl, value)
        else if (is(name, 'x-keyturn-test')) headers.testMark = value
        break
      case 15:
        if (is(name, 'idempotency-key')) headers.idempotencyKey = and(headers.idempotencyKey, value)
        else if (is(name, 'x-forwarded-for'))
          headers.forwardedFor = headers.forwardedFor === null ? value : `${headers.forwardedFor},${value}`
        else if (is(name, 'x-forwarded-uri')) headers.forwardedUri = and(headers.forwardedUri, value)
        break
      case 17:
        if (is(name, 'x-original-method')) headers.originalMethod = and(headers.originalMethod, value)
        break
      case 18:
        if (is(name, 'x-forwarded-method')) headers.forwardedMethod = and(headers.forwardedMethod, value)
        break
    }
  }
  return headers
}

/** The first header of that name, with the name as it was written. */
export function findHeader(raw: readonly string[], wanted: string): { name: string; value: string } | null {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    if (name.length === wanted.length && is(name, wanted.toLowerCase()))
      return { name, value: raw[i + 1] as string }
  }
  return null
}

/** The one value of a header that may come once; null when absent, or when two disagree. */
export function onlyValue(value: string[] | string | null): string | null {
  if (typeof value === 'string' || value === null) return value
  const [first = null] = value
  return value.every((other) => other === first) ? first : null
}

function is(name: string, lowerCase: string): boolean {
  return name === lowerCase || name.toLowerCase() === lowerCase
}

function and(known: string[] | string | null, value: string): string[] | string {
  if (known === null) return value
  return typeof known === 'string' ? [known, value] : [...known, value]
}

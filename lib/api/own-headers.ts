/** Of every answer: a browser could be made to open any. */
export const pageHeaders: readonly [string, string][] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
]

export const jsonHeaders: readonly [string, string][] = [
  ...pageHeaders,
  ['Cache-Control', 'no-store'],
  ['Content-Type', 'application/json'],
]

export const problemHeaders: readonly [string, string][] = [
  ...pageHeaders,
  ['Cache-Control', 'no-store'],
  ['Content-Type', 'application/problem+json'],
]

/** Headers that we set ourselves; a customer's request id is never echoed under one of these names. */
export const ownHeaderNames: ReadonlySet<string> = new Set([
  'x-request-id',
  'x-org-id',
  'x-key-id',
  'x-key-name',
  'x-service-user-id',
  'x-service-user',
  'x-access-level',
  'x-key-expires',
  'x-date-time-format',
  'x-media-limit-bytes',
  'x-content-type-options',
  'referrer-policy',
  'content-security-policy',
  'cache-control',
  'deprecation',
  'sunset',
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-type',
  'content-disposition',
  'etag',
  'www-authenticate',
  'retry-after',
  'allow',
  'idempotency-replayed',
  'set-cookie',
])

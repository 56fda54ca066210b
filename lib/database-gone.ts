/** Whether an error, or what it wraps, is a connection-level failure of `postgres` or of Node's sockets. */
export function isDatabaseGone(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && connectionFailure.test(code)) return true
  const cause = (error as { cause?: unknown } | null)?.cause
  return cause !== undefined && cause !== null && isDatabaseGone(cause)
}

const connectionFailure = /^(CONNECT|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|57P0|53300|08)/

/** Whether Postgres gave a statement up because it took too long. */
export function isTooSlow(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014'
}

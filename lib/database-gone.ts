/** Whether an error, or what it wraps, is a connection-level failure of `postgres` or of Node's sockets. */
export function isDatabaseGone(error: unknown): boolean {
  return codesOf(error).some((code) => connectionFailure.test(code))
}

const connectionFailure = /^(CONNECT|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|57P0|53300|08)/

/** Whether Postgres gave a statement up because it took too long. */
export function isTooSlow(error: unknown): boolean {
  return codesOf(error).includes('57014')
}

/** Of the error itself and of those that it wraps: Drizzle wraps what the driver throws. */
function codesOf(error: unknown): string[] {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...(cause == null ? [] : codesOf(cause))]
}

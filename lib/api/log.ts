import pino, { type DestinationStream, type Logger } from 'pino'

const flushEveryMs = 500

/**
 * The API's structured log: one JSON line a request and more where something is wrong. Written in batches,
 * because a write a line would cost as much as answering; call `flush` before the process ends.
 */
export function apiLog(level: string, to?: DestinationStream): { log: Logger; flush(): void } {
  const destination = to ? undefined : pino.destination({ dest: 1, sync: false, minLength: 8_192 })
  const log = pino(
    {
      level,
      base: { service: 'api' },
      redact: {
        paths: [
          'headers.authorization',
          'headers["x-api-key"]',
          'headers.cookie',
          'authorization',
          'token',
          'secret',
        ],
        censor: '[redacted]',
      },
    },
    to ?? (destination as DestinationStream),
  )
  const timer = setInterval(() => destination?.flush(), flushEveryMs).unref()
  return {
    log,
    flush() {
      clearInterval(timer)
      destination?.flushSync()
    },
  }
}

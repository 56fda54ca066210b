import pino, { type DestinationStream, type Logger } from 'pino'

const flushEveryMs = 500

export type ApiLog = {
  log: Logger
  /** One line a request; its few fields are named in one place and none is secret, so nothing is looked for. */
  accessLog: Logger
  flush(): void
}

/**
 * The API's structured log: one JSON line a request and more where something is wrong. Written in batches,
 * because a write a line would cost as much as answering; call `flush` before the process ends.
 */
export function apiLog(level: string, to?: DestinationStream): ApiLog {
  const destination = to ? undefined : pino.destination({ dest: 1, sync: false, minLength: 8_192 })
  const stream = to ?? (destination as DestinationStream)
  const base = { service: 'api' }
  const log = pino(
    {
      level,
      base,
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
    stream,
  )
  const timer = setInterval(() => destination?.flush(), flushEveryMs).unref()
  return {
    log,
    accessLog: pino({ level, base }, stream),
    flush() {
      clearInterval(timer)
      destination?.flushSync()
    },
  }
}

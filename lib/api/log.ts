import pino, { type DestinationStream, type Logger } from 'pino'

const flushEveryMs = 500

export type ApiLog = {
  log: Logger
  /** Takes one line a request; null when the level is above info. */
  access: ((line: string) => void) | null
  flush(): void
}

/**
 * The API's structured log: one JSON line a request and more where something is wrong. Written in batches,
 * because a write a line would cost as much as answering; call `flush` before the process ends.
 * @param to where the lines go instead of standard output
 */
export function apiLog(level: string, to?: { write(line: string): unknown }): ApiLog {
  const destination = to ? null : pino.destination({ dest: 1, sync: false, minLength: 8_192 })
  const stream = to ?? (destination as { write(line: string): unknown })
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
    stream as DestinationStream,
  )
  const timer = setInterval(() => destination?.flush(), flushEveryMs).unref()
  return {
    log,
    access: log.isLevelEnabled('info') ? (line) => stream.write(line) : null,
    flush() {
      clearInterval(timer)
      destination?.flushSync()
    },
  }
}

import pino, { type Logger } from 'pino'
import { LineBatch } from './line-batch'

const flushEveryMs = 200

export type LineSink = { write(line: string): void }

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
export function apiLog(level: string, to?: LineSink): ApiLog {
  const output = pino.destination({ dest: 1, sync: false })
  const batch = new LineBatch((bytes) => output.write(bytes.toString('utf8')))
  const lines = to ?? batch
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
    lines,
  )
  const timer = setInterval(() => batch.flush(), flushEveryMs).unref()
  return {
    log,
    access: log.isLevelEnabled('info') ? (line) => lines.write(line) : null,
    flush() {
      clearInterval(timer)
      batch.flush()
      output.flushSync()
    },
  }
}

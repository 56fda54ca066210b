import pino, { type Logger } from 'pino'
import type { CallRecord } from '@/lib/call-log/call-record'
import { LineBatch } from './line-batch'

const flushEveryMs = 200
/** Lines beyond are dropped while nobody reads them: a reader that hangs must not take the API with it. */
const mostWaitingBytes = 64 * 1_048_576

export type Output = { write(batch: Buffer): void; flushSync(): void }

export type ApiLog = {
  log: Logger
  /** Takes each call; null when the level is above info. */
  line: ((call: CallRecord) => void) | null
  flush(): void
}

/**
 * The API's structured log: one JSON line a call and more where something is wrong. Written in batches, because a
 * write a line would cost as much as answering; call `flush` before the process ends.
 */
export function apiLog(level: string, output: Output = standardOutput()): ApiLog {
  const batch = new LineBatch((bytes) => output.write(bytes))
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
    batch,
  )
  const timer = setInterval(() => batch.flush(), flushEveryMs).unref()
  return {
    log,
    line: log.isLevelEnabled('info') ? (call) => batch.append(call) : null,
    flush() {
      clearInterval(timer)
      batch.flush()
      output.flushSync()
    },
  }
}

/** Takes bytes as they are: as text they would be decoded and encoded again. */
function standardOutput(): Output {
  const output = pino.destination({
    dest: 1,
    sync: false,
    contentMode: 'buffer',
    maxLength: mostWaitingBytes,
  })
  return output as unknown as Output
}

import pino from 'pino'

/** Where log lines go by the batch; `flushSync` returns when all of them are out. */
export type Output = { write(batch: Buffer): void; flushSync(): void }

/** Lines beyond are dropped while nobody reads them: a reader that hangs must not take rows and memory with it. */
const mostWaitingBytes = 64 * 1_048_576

/** Takes bytes as they are: as text they would be decoded and encoded again. @param file its descriptor */
export function batchOutput(file: number): Output {
  const output = pino.destination({
    dest: file,
    sync: false,
    contentMode: 'buffer',
    maxLength: mostWaitingBytes,
  })
  return output as unknown as Output
}

/** Writes each line at once, for a moment at which nobody else writes. */
export function directOutput(file: number): { write(line: string): void } {
  return pino.destination({ dest: file, sync: true })
}

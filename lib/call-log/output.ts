import pino from 'pino'

/** Where log lines go by the batch; `flushSync` returns when all of them are out. */
export type Output = { write(batch: Buffer): void; flushSync(): void }

/** Lines beyond are dropped while nobody reads them: a reader that hangs must not take rows and memory with it. */
const mostWaitingBytes = 64 * 1_048_576

const lineFeed = 0x0a

/**
 * Takes bytes as they are: as text they would be decoded and encoded again.
 * @param file its descriptor
 * @param dropped is told how many lines were dropped, once everything before them has been read
 */
export function batchOutput(
  file: number,
  dropped: (lines: number) => void,
  mostBytes = mostWaitingBytes,
): Output {
  const output = pino.destination({
    dest: file,
    sync: false,
    contentMode: 'buffer',
    maxLength: mostBytes,
  })
  let lines = 0
  output.on('drop', (batch) => {
    lines += linesOf(batch as unknown as Buffer)
  })
  output.on('drain', () => {
    if (lines === 0) return
    const told = lines
    lines = 0
    dropped(told)
  })
  return output as unknown as Output
}

function linesOf(batch: Buffer): number {
  return batch.reduce((lines, byte) => (byte === lineFeed ? lines + 1 : lines), 0)
}

/** Writes each line at once, for a moment at which nobody else writes. */
export function directOutput(file: number): { write(line: string): void } {
  return pino.destination({ dest: file, sync: true })
}

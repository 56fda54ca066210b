const batchBytes = 65_536

/**
 * Collects lines as bytes and hands them on by the batch. As strings they would live until then, and moving them
 * around in memory costs more than all the rest of a line.
 */
export class LineBatch {
  #buffer = Buffer.allocUnsafe(batchBytes)
  #used = 0

  constructor(readonly handOn: (batch: Buffer) => void) {}

  write(line: string): void {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (this.#used + line.length * 3 > batchBytes) this.flush()
    if (line.length * 3 > batchBytes) this.handOn(Buffer.from(line))
    else this.#used += this.#buffer.write(line, this.#used)
  }

  flush(): void {
    if (this.#used === 0) return
    this.handOn(this.#buffer.subarray(0, this.#used))
    this.#buffer = Buffer.allocUnsafe(batchBytes)
    this.#used = 0
  }
}

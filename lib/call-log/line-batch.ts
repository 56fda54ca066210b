import { BytePage } from './byte-page'
import { appendLine } from './call-line'
import { type CallRecord, longestRecordBytes } from './call-record'

const batchBytes = 65_536

/** Collects log lines as bytes and hands them on by the batch, whole and in order. */
export class LineBatch {
  #page = new BytePage(batchBytes)

  constructor(readonly handOn: (batch: Buffer) => void) {}

  /** The line of a call. */
  append(call: CallRecord): void {
    if (this.#page.free < longestRecordBytes) this.flush()
    appendLine(this.#page, call)
  }

  /** Any other line. */
  write(line: string): void {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (this.#page.free < line.length * 3) this.flush()
    if (batchBytes < line.length * 3) this.handOn(Buffer.from(line))
    else this.#page.utf8(line)
  }

  flush(): void {
    if (this.#page.used === 0) return
    this.handOn(this.#page.written)
    // Whoever got the batch may keep it.
    this.#page = new BytePage(batchBytes)
  }
}

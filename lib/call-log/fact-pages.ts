import { appendCall, appendOtherLine, type Form, lineFactsBytes, longestFactsBytes } from './call-facts'
import type { CallRecord } from './call-record'
import { FactPage } from './fact-page'

const pageBytes = 65_536
const mostSparePages = 32
/** About 300,000 calls that nobody has taken yet. */
const mostBytes = 32 * 1_048_576

/**
 * Collects what is to be logged, in order, and hands it over by the page, which comes back when it was read. While
 * too much is on its way, more is lost, and counted.
 */
export class FactPages {
  #filling = newPage()
  /** Calls on it that are to become rows. */
  #rows = 0
  #spare: ArrayBuffer[] = []
  #bytesOnTheWay = 0
  #lost = 0

  /** @param handOn takes a page, and how many of its calls are to become rows */
  constructor(
    readonly handOn: (page: FactPage, rows: number) => void,
    readonly limitBytes = mostBytes,
  ) {}

  /** Calls and lines that found no room since the last time that it was asked for. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  get hasRoom(): boolean {
    return this.#bytesOnTheWay < this.limitBytes
  }

  record(call: CallRecord, form: Form): void {
    if (!this.#makeRoom(longestFactsBytes)) {
      this.#lost++
      return
    }
    appendCall(this.#filling, call, form)
    if (form !== 'line') this.#rows++
  }

  /** Any other line. */
  write(line: string): void {
    if (this.#makeRoom(lineFactsBytes(line))) appendOtherLine(this.#filling, line)
    else this.#lost++
  }

  handOver(): void {
    if (this.#filling.used > 0) this.#turnPage(pageBytes)
  }

  /** A page that was read. */
  giveBack(buffer: ArrayBuffer): void {
    this.#bytesOnTheWay -= buffer.byteLength
    this.#keep(buffer)
  }

  /** None of those that are on their way will come back. */
  forget(): void {
    this.#bytesOnTheWay = 0
  }

  #makeRoom(bytes: number): boolean {
    if (this.#filling.free >= bytes) return true
    if (!this.hasRoom) return false
    this.#turnPage(bytes)
    return true
  }

  /** The page in hand goes on its way, if there is anything on it; the next one has room for `bytes`. */
  #turnPage(bytes: number): void {
    const page = this.#filling
    const spare = bytes > pageBytes ? undefined : this.#spare.pop()
    this.#filling = spare === undefined ? newPage(Math.max(bytes, pageBytes)) : new FactPage(spare)
    if (page.used === 0) {
      this.#keep(page.buffer)
      return
    }
    this.#bytesOnTheWay += page.buffer.byteLength
    const rows = this.#rows
    this.#rows = 0
    this.handOn(page, rows)
  }

  #keep(buffer: ArrayBuffer): void {
    if (buffer.byteLength === pageBytes && this.#spare.length < mostSparePages) this.#spare.push(buffer)
  }
}

function newPage(bytes = pageBytes): FactPage {
  return new FactPage(new ArrayBuffer(bytes))
}

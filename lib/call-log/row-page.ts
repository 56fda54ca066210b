import { BytePage } from './byte-page'
import { type CallRecord, longestRecordBytes } from './call-record'
import { appendRow } from './call-row'

export const rowPageBytes = 65_536

const day = 86_400_000

/** Rows that wait to be written, as the bytes that will be sent. */
export class RowPage {
  readonly #page = new BytePage(rowPageBytes)
  #rows = 0
  #lastDay = -1
  #days: number[] = []

  get bytes(): Buffer {
    return this.#page.written
  }

  get rows(): number {
    return this.#rows
  }

  /** On which days the calls were, as days since 1970 (UTC). */
  get days(): readonly number[] {
    return this.#days
  }

  /** False: the page is full. */
  add(call: CallRecord): boolean {
    if (this.#page.free < longestRecordBytes) return false
    const dayOfCall = Math.floor(call.at / day)
    if (dayOfCall !== this.#lastDay) {
      this.#lastDay = dayOfCall
      this.#days.push(dayOfCall)
    }
    appendRow(this.#page, call)
    this.#rows++
    return true
  }

  clear(): void {
    this.#page.clear()
    this.#rows = 0
    this.#lastDay = -1
    this.#days = []
  }
}

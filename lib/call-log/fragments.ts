import type { CallingKey, CallRecord } from './call-record'

const longestDurationUs = 2 ** 31 - 1

/** What many records have in common, put into bytes once: `textOf` a moment's second, or of a key. */
export class Fragments {
  #second = -1
  #ofSecond: Uint8Array = new Uint8Array()
  readonly #ofKeys = new WeakMap<CallingKey, Uint8Array>()

  constructor(
    readonly secondText: (second: number) => string,
    readonly keyText: (key: CallingKey) => string,
  ) {}

  /** @param at milliseconds since 1970 */
  ofSecond(at: number): Uint8Array {
    const second = Math.floor(at / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#ofSecond = Buffer.from(this.secondText(second))
    }
    return this.#ofSecond
  }

  ofKey(key: CallingKey): Uint8Array {
    const known = this.#ofKeys.get(key)
    if (known !== undefined) return known
    const made = Buffer.from(this.keyText(key))
    this.#ofKeys.set(key, made)
    return made
  }
}

export function durationOf({ durationUs }: CallRecord): number {
  return Math.min(durationUs, longestDurationUs)
}

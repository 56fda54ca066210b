/**
 * Bytes that are filled from the front. Lines and rows wait here to be written: as strings or objects they would be
 * moved around by the garbage collector meanwhile, which costs more than all the rest of it.
 */
export class BytePage {
  readonly #bytes: Buffer
  #used = 0

  constructor(capacityBytes: number) {
    // Not from Node's shared pool, which a page that is kept would keep too.
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes)
  }

  get used(): number {
    return this.#used
  }

  get free(): number {
    return this.#bytes.length - this.#used
  }

  /** What has been written; it is overwritten after `clear`. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#used)
  }

  clear(): void {
    this.#used = 0
  }

  /** The quickest way for 15 bytes and more. */
  raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** ASCII as it is. A loop: for so few characters a call into the runtime takes longer. */
  ascii(text: string): void {
    const bytes = this.#bytes
    let at = this.#used
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i)
    this.#used = at
  }

  /** Printable ASCII without `"` and `\`, which means itself in JSON and in a row; else false, and nothing happened. */
  plain(text: string): boolean {
    const bytes = this.#bytes
    let at = this.#used
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false
      bytes[at++] = code
    }
    this.#used = at
    return true
  }

  utf8(text: string): void {
    this.#used += this.#bytes.write(text, this.#used)
  }

  /** @param value a whole number from 0, below 2 ** 31 @param width filled up with zeros to so many digits */
  digits(value: number, width = 1): void {
    const bytes = this.#bytes
    let count = width
    for (let limit = 10 ** width; value >= limit; limit *= 10) count++
    let rest = value | 0
    for (let at = this.#used + count - 1; at >= this.#used; at--) {
      const tens = (rest / 10) | 0
      bytes[at] = 0x30 + rest - tens * 10
      rest = tens
    }
    this.#used += count
  }
}

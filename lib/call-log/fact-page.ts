const isWide = 0x8000

/**
 * Facts of calls as plain bytes, on their way from the thread that answers to the thread that logs. Writing them has
 * to cost next to nothing: numbers go as they are, and a text as a byte of each unit, or two where one needs two.
 */
export class FactPage {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  #used = 0

  constructor(readonly buffer: ArrayBuffer) {
    this.#bytes = new Uint8Array(buffer)
    this.#view = new DataView(buffer)
  }

  get used(): number {
    return this.#used
  }

  get free(): number {
    return this.#bytes.length - this.#used
  }

  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#used)
  }

  byte(value: number): void {
    this.#bytes[this.#used++] = value
  }

  uint32(value: number): void {
    this.#view.setUint32(this.#used, value)
    this.#used += 4
  }

  float64(value: number): void {
    this.#view.setFloat64(this.#used, value)
    this.#used += 8
  }

  raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** The first `longest` UTF-16 units, lone surrogates too. @param longest below 32,768 */
  text(text: string, longest: number): void {
    const length = text.length > longest ? longest : text.length
    const bytes = this.#bytes
    let at = this.#used + 2
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0xff) {
        this.#wideText(text, length)
        return
      }
      bytes[at++] = unit
    }
    this.#view.setUint16(this.#used, length)
    this.#used = at
  }

  #wideText(text: string, length: number): void {
    this.#view.setUint16(this.#used, length | isWide)
    this.#used += 2
    for (let i = 0; i < length; i++) {
      this.#view.setUint16(this.#used, text.charCodeAt(i), true)
      this.#used += 2
    }
  }
}

/** Reads what was written to a page, in the same order. */
export class FactCursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(written: Uint8Array) {
    this.#bytes = Buffer.from(written.buffer, written.byteOffset, written.length)
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#at++)
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#move(4))
  }

  float64(): number {
    return this.#bytes.readDoubleBE(this.#move(8))
  }

  utf8(lengthBytes: number): string {
    const at = this.#move(lengthBytes)
    return this.#bytes.toString('utf8', at, at + lengthBytes)
  }

  text(): string {
    const head = this.#bytes.readUInt16BE(this.#move(2))
    const length = head & ~isWide
    const at = this.#move(head === length ? length : 2 * length)
    return this.#bytes.toString(head === length ? 'latin1' : 'utf16le', at, this.#at)
  }

  #move(bytes: number): number {
    const at = this.#at
    this.#at += bytes
    return at
  }
}

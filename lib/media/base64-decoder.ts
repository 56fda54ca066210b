/** Why a text is not Base64 (RFC 4648, section 4); `position` counts its characters from 0. */
export type Base64Fault = {
  readonly kind:
    | 'empty'
    | 'data-url'
    | 'url-safe'
    | 'line-break'
    | 'not-in-alphabet'
    | 'padding'
    | 'trailing-bits'
  readonly position: number
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const none = 0xff
const values = new Uint8Array(256).fill(none)
for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value

const equalsSign = 0x3d
const nothing = Buffer.alloc(0)

/**
 * Base64, decoded piece by piece, wherever it was cut. Strict: other decoders skip what they do not know, so that
 * two of them see different files in one text.
 */
export class Base64Decoder {
  fault: Base64Fault | null = null
  /** Of the text so far, padding included; goes on counting after a fault. */
  characters = 0
  #padding = 0
  /** Values of the group that has begun. */
  #bits = 0
  #beginning = ''
  #output = nothing

  /** How many bytes the text so far stands for. */
  get bytes(): number {
    return Math.floor(((this.characters - this.#padding) * 3) / 4)
  }

  /** What `input` from `start` to `end` stands for; good until the next call. Empty once there is a fault. */
  write(input: Buffer, start = 0, end = input.length): Buffer {
    if (this.#beginning.length < 5)
      this.#beginning += input.toString('latin1', start, Math.min(end, start + 5))
    const room = Math.ceil(((end - start) * 3) / 4) + 3
    if (this.#output.length < room) this.#output = Buffer.allocUnsafeSlow(room)

    let written = 0
    let i = start
    while (i < end && this.fault === null) {
      if (this.characters % 4 === 0 && this.#padding === 0) {
        const groups = this.#wholeGroups(input, i, end, written)
        i += groups * 4
        written += groups * 3
        if (i === end) break
      }
      const byte = this.#one(input[i] as number)
      if (byte !== null) this.#output[written++] = byte
      i++
    }
    if (this.fault === null) return this.#output.subarray(0, written)
    this.characters += end - i
    return nothing
  }

  /** The text is over: says what it lacks. */
  end(): Base64Fault | null {
    if (this.characters === 0) this.#fail('empty')
    else if (this.characters % 4 !== 0) this.#fail('padding')
    return this.fault
  }

  /** Decodes groups of four until one is not ordinary. Answers how many. */
  #wholeGroups(input: Buffer, start: number, end: number, at: number): number {
    const output = this.#output
    let written = at
    let i = start
    for (; i + 4 <= end; i += 4) {
      const a = values[input[i] as number] as number
      const b = values[input[i + 1] as number] as number
      const c = values[input[i + 2] as number] as number
      const d = values[input[i + 3] as number] as number
      if ((a | b | c | d) > 63) break
      output[written++] = (a << 2) | (b >> 4)
      output[written++] = (b << 4) | (c >> 2)
      output[written++] = (c << 6) | d
    }
    this.characters += i - start
    return (i - start) / 4
  }

  /** One character; the byte that is complete with it, if any. */
  #one(character: number): number | null {
    const place = this.characters % 4
    if (character === equalsSign) {
      if (place < 2) this.#fail('padding')
      else if (this.#padding === 0 && (this.#bits & (place === 2 ? 0b1111 : 0b11)) !== 0)
        this.#fail('trailing-bits')
      this.#padding++
      this.characters++
      return null
    }
    const value = values[character] as number
    if (value === none) this.#fail(this.#kindOf(character))
    else if (this.#padding > 0) this.#fail('padding')
    this.#bits = place === 0 ? value : (this.#bits << 6) | value
    this.characters++
    return place === 0 ? null : (this.#bits >> (6 - 2 * place)) & 0xff
  }

  #kindOf(character: number): Base64Fault['kind'] {
    if (character === 0x2d || character === 0x5f) return 'url-safe'
    if (character === 0x0a || character === 0x0d) return 'line-break'
    if (this.characters === 4 && this.#beginning.startsWith('data:')) return 'data-url'
    return 'not-in-alphabet'
  }

  #fail(kind: Base64Fault['kind']): void {
    this.fault ??= { kind, position: this.characters }
  }
}

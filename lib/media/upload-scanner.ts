/** All of an upload but its content: names, types and white space do not need more. */
export const skeletonLimitBytes = 16_384

type ContentSink = (bytes: Buffer, start: number, end: number) => void
type State = 'between' | 'in-string' | 'in-content' | 'in-escape'

const quote = 0x22
const backslash = 0x5c
/** Stands for every character that cannot be in Base64 anyway. */
const outside = Buffer.from([0xff])
const shortEscapes = new Map([...'"\\/'].map((character) => [character, Buffer.from(character)]))
for (const [letter, character] of ['b\b', 'f\f', 'n\n', 'r\r', 't\t'].map(
  ([l = '', c = '']) => [l, c] as const,
))
  shortEscapes.set(letter, Buffer.from(character))

/**
 * Splits a JSON text as it streams: the characters of the strings that are the value of a top-level member `data`
 * go to `onContent`, without their escapes; everything else is the skeleton, with "" in their place. The skeleton is
 * JSON just when the whole is and `onContent` saw characters of Base64 only, so it can be judged in its stead.
 */
export class UploadScanner {
  /** More came beside the content than a skeleton may hold; nothing is read any more. */
  isOverfull = false
  readonly #skeleton = Buffer.alloc(skeletonLimitBytes)
  #length = 0
  #state: State = 'between'
  #depth = 0
  #isEscaped = false
  #escape = ''
  /** Where the newest string stands in the skeleton; a colon right after it makes it a name. */
  #name: { start: number; end: number } | null = null
  #stringStart = 0
  #isContentNext = false

  constructor(private readonly onContent: ContentSink) {}

  get skeleton(): Buffer {
    return this.#skeleton.subarray(0, this.#length)
  }

  write(bytes: Buffer): void {
    let i = 0
    while (i < bytes.length && !this.isOverfull) {
      if (this.#state === 'in-content') i = this.#readContent(bytes, i)
      else if (this.#state === 'in-escape') this.#readEscape(bytes[i++] as number)
      else if (this.#state === 'in-string') this.#readString(bytes[i++] as number)
      else this.#readBetween(bytes[i++] as number)
    }
  }

  #readBetween(byte: number): void {
    this.#keep(byte)
    if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) return
    const name = this.#name
    const isContent = this.#isContentNext && byte === quote
    this.#name = null
    this.#isContentNext = false
    if (isContent) this.#state = 'in-content'
    else if (byte === quote) {
      this.#state = 'in-string'
      this.#stringStart = this.#length - 1
    } else if (byte === 0x7b || byte === 0x5b) this.#depth++
    else if (byte === 0x7d || byte === 0x5d) this.#depth--
    else if (byte === 0x3a) this.#isContentNext = this.#depth === 1 && name !== null && this.#isData(name)
  }

  #readString(byte: number): void {
    this.#keep(byte)
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === backslash) this.#isEscaped = true
    else if (byte === quote) {
      this.#state = 'between'
      this.#name = { start: this.#stringStart, end: this.#length }
    }
  }

  /** Hands on characters up to the next quote, backslash or the end. Answers where to go on. */
  #readContent(bytes: Buffer, start: number): number {
    const end = nextOf(bytes, start)
    if (end > start) this.onContent(bytes, start, end)
    if (bytes[end] === quote) {
      this.#keep(quote)
      this.#state = 'between'
    } else if (bytes[end] === backslash) this.#state = 'in-escape'
    return end + 1
  }

  // PHP writes "/" as "\/", .NET writes "+" as "\u002B".
  #readEscape(byte: number): void {
    this.#escape += String.fromCharCode(byte)
    const isLong = this.#escape.startsWith('u')
    if (isLong && this.#escape.length < 5) return
    const long = /^u00([0-7][0-9a-f])$/i.exec(this.#escape)?.[1]
    const character = long ? Buffer.from([Number.parseInt(long, 16)]) : shortEscapes.get(this.#escape)
    this.onContent(character ?? outside, 0, 1)
    this.#escape = ''
    this.#state = 'in-content'
  }

  // A name may be written with escapes, and is the same name then.
  #isData({ start, end }: { start: number; end: number }): boolean {
    try {
      return JSON.parse(this.#skeleton.toString('utf8', start, end)) === 'data'
    } catch {
      return false
    }
  }

  #keep(byte: number): void {
    if (this.#length === skeletonLimitBytes) this.isOverfull = true
    else this.#skeleton[this.#length++] = byte
  }
}

function nextOf(bytes: Buffer, start: number): number {
  for (let i = start; i < bytes.length; i++) if (bytes[i] === quote || bytes[i] === backslash) return i
  return bytes.length
}

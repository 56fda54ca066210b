import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * The text of a key: `kt_<kind>_` + 32 random base62 characters + 6 characters of CRC-32, so that secret
 * scanners find it and a mistyped one is told apart without a look-up (CONTRACT.md, Credentials).
 */
export type KeyKind = 'org' | 'svc'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 32
const checksumLength = 6
const shape = /^kt_(org|svc)_[0-9A-Za-z]{38}$/

/** `length` uniformly random base62 characters from the operating system's generator. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 is the largest multiple of 62 in a byte; anything above would favour the first characters.
      if (byte < 248 && text.length < length) text += alphabet[byte % 62]
    }
  }
  return text
}

export function newKeyText(kind: KeyKind): string {
  const body = `kt_${kind}_${randomBase62(randomLength)}`
  return body + checksum(body)
}

/** The kind of a well-formed key text; null when the shape or the checksum is wrong. */
export function parseKeyText(text: string): KeyKind | null {
  const kind = shape.exec(text)?.[1]
  if (!kind) return null
  const body = text.slice(0, -checksumLength)
  return checksum(body) === text.slice(-checksumLength) ? (kind as KeyKind) : null
}

/** What may be shown of a key: `kt_org_` and four characters, and the last four. */
export function maskParts(text: string): { maskedPrefix: string; last4: string } {
  const body = text.indexOf('_', 3) + 1
  return { maskedPrefix: text.slice(0, body + 4), last4: text.slice(-4) }
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < checksumLength; i++) {
    text = alphabet[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

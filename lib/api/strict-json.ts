import { isUtf8 } from 'node:buffer'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'

export type JsonFault =
  | 'byte-order-mark'
  | 'not-utf-8'
  | 'not-json'
  | 'duplicate-member'
  | 'lone-surrogate'
  | 'too-deep'

const deepest = 16

/**
 * Reads JSON as everybody understands it (RFC 8259, 4 and 8): what parsers disagree about is refused, so that no
 * two of them see different bodies.
 */
export function parseStrictJson(bytes: Buffer): Outcome<unknown, Refusal<JsonFault, undefined>> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return refuse('byte-order-mark')
  if (!isUtf8(bytes)) return refuse('not-utf-8')
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('not-json')
  }
  const fault = findFault(text)
  return fault ? refuse(fault) : done(value)
}

/** Walks over a text that is known to be JSON, looking at strings and brackets only. */
function findFault(text: string): JsonFault | null {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '{' || character === '[') {
      if (open.length === deepest) return 'too-deep'
      open.push(character === '{' ? new Set() : null)
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const end = endOfString(text, i)
      const written = text.slice(i, end + 1)
      const value: string = written.includes('\\') ? JSON.parse(written) : written.slice(1, -1)
      if (!value.isWellFormed()) return 'lone-surrogate'
      const names = open.at(-1)
      if (names && isFollowedByColon(text, end + 1)) {
        if (names.has(value)) return 'duplicate-member'
        names.add(value)
      }
      i = end
    }
  }
  return null
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
}

function isFollowedByColon(text: string, start: number): boolean {
  for (let i = start; i < text.length; i++) {
    if (text[i] === ':') return true
    if (text.charCodeAt(i) > 0x20) return false
  }
  return false
}

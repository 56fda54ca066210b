import { randomBytes, randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { Base64Decoder } from './base64-decoder'

/** Decodes `text` in pieces of at most `longest` characters. */
function decode(text: string, longest = text.length) {
  const decoder = new Base64Decoder()
  const parts: Buffer[] = []
  for (let i = 0; i < text.length; ) {
    const length = Math.min(longest === text.length ? longest : randomInt(1, longest + 1), text.length - i)
    parts.push(Buffer.from(decoder.write(Buffer.from(text, 'latin1'), i, i + length)))
    i += length
  }
  return { fault: decoder.end(), bytes: decoder.bytes, content: Buffer.concat(parts) }
}

test('what was encoded comes back, wherever the text is cut', () => {
  for (let length = 1; length < 200; length++) {
    const content = randomBytes(length)
    for (const longest of [1, 2, 3, 7, 64, 1_000])
      expect(decode(content.toString('base64'), longest)).toEqual({ fault: null, bytes: length, content })
  }
})

test('a large text comes back', () => {
  const content = randomBytes(1_000_001)
  const decoded = decode(content.toString('base64'), 65_536)
  expect(decoded.fault).toBeNull()
  expect(decoded.content.equals(content)).toBe(true)
})

test('every text of up to four characters is accepted just when encoding its content gives it again', () => {
  const characters = [...'AQgZz+/=-_ \n']
  const texts = characters.flatMap((a) =>
    characters.flatMap((b) => characters.flatMap((c) => characters.map((d) => a + b + c + d))),
  )
  for (const text of [...characters, ...texts, 'AA', 'AAA']) {
    const isCanonical = Buffer.from(text, 'base64').toString('base64') === text
    for (const after of ['', 'QUJD'])
      expect([text, decode(text + after, 3).fault === null]).toEqual([
        text,
        isCanonical && (after === '' || !text.includes('=')),
      ])
  }
})

test.each([
  ['', 'empty', 0],
  ['data:image/png;base64,AAAA', 'data-url', 4],
  ['dataAAAA:', 'not-in-alphabet', 8],
  ['AA-A', 'url-safe', 2],
  ['AAAAAAA_', 'url-safe', 7],
  ['AAAA\nAAAA', 'line-break', 4],
  ['AAAA\r\nAAAA', 'line-break', 4],
  ['AAAA AAAA', 'not-in-alphabet', 4],
  ['AAA\u00e9', 'not-in-alphabet', 3],
  ['AAAAAA', 'padding', 6],
  ['AAAAA===', 'padding', 5],
  ['====', 'padding', 0],
  ['AA=A', 'padding', 3],
  ['AA==AAAA', 'padding', 4],
  ['AAAA====', 'padding', 4],
  ['AB==', 'trailing-bits', 2],
  ['AAB=', 'trailing-bits', 3],
])('%j is refused: %s at %i', (text, kind, position) => {
  for (const longest of [1, 3, 1_000]) expect(decode(text, longest).fault).toEqual({ kind, position })
})

test('after a fault the rest is still counted, and nothing more is decoded', () => {
  const decoder = new Base64Decoder()
  decoder.write(Buffer.from('AAA!'))
  expect(decoder.write(Buffer.from('A'.repeat(396)))).toHaveLength(0)
  expect(decoder.bytes).toBe(300)
})

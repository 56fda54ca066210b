import { describe, expect, test } from 'vitest'
import { maskedKey } from './masked'
import { maskParts, newKeyText, parseKeyText, randomBase62 } from './token'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
// Written down once, so that keys which are in use stay readable whatever happens to the code.
const known = 'kt_org_0123456789ABCDEFGHIJKLMNOPQRSTUV0mGsBo'

describe('a key text', () => {
  test('is kt_<kind>_, at least 30 random base62 characters and a checksum of 6', () => {
    for (const kind of ['org', 'svc'] as const) {
      const text = newKeyText(kind)
      expect(text).toMatch(new RegExp(`^kt_${kind}_[0-9A-Za-z]{32}[0-9A-Za-z]{6}$`))
      expect(parseKeyText(text)).toBe(kind)
    }
  })

  test('of an earlier release is still one', () => {
    expect(parseKeyText(known)).toBe('org')
  })

  test('never comes twice', () => {
    const texts = new Set(Array.from({ length: 20_000 }, () => newKeyText('org')))
    expect(texts.size).toBe(20_000)
  })

  test('with any one character changed is refused', () => {
    const text = newKeyText('org')
    let tried = 0
    for (let i = 0; i < text.length; i++)
      for (const character of `${alphabet}_-. é`) {
        if (character === text[i]) continue
        tried++
        expect(parseKeyText(text.slice(0, i) + character + text.slice(i + 1))).toBeNull()
      }
    expect(tried).toBe(text.length * (alphabet.length + 5 - 1))
  })

  test('with two neighbours swapped, a character lost or one too many is refused', () => {
    const text = newKeyText('svc')
    for (let i = 0; i < text.length; i++) {
      const [a = '', b = ''] = [text[i], text[i + 1]]
      if (b && a !== b) expect(parseKeyText(text.slice(0, i) + b + a + text.slice(i + 2))).toBeNull()
      expect(parseKeyText(text.slice(0, i) + text.slice(i + 1))).toBeNull()
      expect(parseKeyText(`${text.slice(0, i)}0${text.slice(i)}`)).toBeNull()
    }
  })

  test('of one kind is none of the other, and nothing around it is taken for part of it', () => {
    const text = newKeyText('org')
    const others = [
      text.replace('org', 'svc'),
      ` ${text}`,
      `${text}\n`,
      text.toUpperCase(),
      `${text}${text}`,
      '',
    ]
    for (const other of others) expect(parseKeyText(other)).toBeNull()
  })
})

test('every base62 character is as likely as any other', () => {
  const counts = new Map<string, number>()
  for (const character of randomBase62(62_000)) counts.set(character, (counts.get(character) ?? 0) + 1)
  expect([...counts.keys()].sort().join('')).toBe([...alphabet].sort().join(''))
  // 1,000 each on average, with a standard deviation of 32: beyond 8 of them something is wrong.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(256)
})

test('what is shown of a key is its first four and last four characters', () => {
  expect(maskParts(known)).toEqual({ maskedPrefix: 'kt_org_0123', last4: 'GsBo' })
  expect(maskedKey(maskParts(known))).toBe('kt_org_0123…GsBo')
})

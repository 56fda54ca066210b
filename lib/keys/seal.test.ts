import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { deriveKey, type MasterKey, open, seal, sealedUnder } from './seal'

const master = (id: string): MasterKey => ({ id, bytes: randomBytes(32) })
const [a, b] = [master('a'), master('b')]
const plain = 'kt_org_0123456789ABCDEFGHIJKLMNOPQRSTUVxxxxxx'
const context = 'organization-key\0org_1\0key_1'

/** The text with one bit of one base64url part flipped, spelled canonically. */
function flipped(text: string, part: number, bit: number): string {
  const parts = text.split('.')
  const bytes = Buffer.from(parts[part] ?? '', 'base64url')
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  parts[part] = bytes.toString('base64url')
  return parts.join('.')
}

describe('a sealed text', () => {
  test('opens to what was sealed, whatever it is', () => {
    for (const text of [plain, '', 'ä€😀', 'x'.repeat(5000)])
      expect(open(seal(text, context, [a]), context, [a])).toBe(text)
  })

  test('shows nothing of what is in it and is never the same twice', () => {
    const texts = new Set(Array.from({ length: 1000 }, () => seal(plain, context, [a])))
    expect(texts.size).toBe(1000)
    const nonces = new Set([...texts].map((text) => text.split('.')[2]))
    expect(nonces.size).toBe(1000)
    for (const text of texts) {
      expect(text).not.toContain(plain)
      expect(Buffer.from(text.split('.')[3] ?? '', 'base64url').includes(plain.slice(0, 8))).toBe(false)
    }
  })

  test('with any bit of nonce, ciphertext or tag flipped does not open', () => {
    const text = seal(plain, context, [a])
    let tried = 0
    for (const part of [2, 3]) {
      const bits = Buffer.from(text.split('.')[part] ?? '', 'base64url').length * 8
      for (let bit = 0; bit < bits; bit++, tried++)
        expect(() => open(flipped(text, part, bit), context, [a])).toThrow()
    }
    expect(tried).toBe((12 + plain.length + 16) * 8)
  })

  test('with any bit of its version or key id flipped does not open, even where that id exists', () => {
    const text = seal(plain, context, [a])
    const end = text.indexOf('.', text.indexOf('.') + 1)
    for (let bit = 0; bit < end * 8; bit++) {
      const bytes = Buffer.from(text)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const other = bytes.toString('latin1')
      const everyId = other.split('.').map((id) => ({ id, bytes: a.bytes }))
      expect(() => open(other, context, everyId)).toThrow()
    }
  })

  test('does not open in another row, organization or table', () => {
    const text = seal(plain, context, [a])
    for (const other of [
      'organization-key\0org_1\0key_2',
      'organization-key\0org_2\0key_1',
      'organization-key\0org_1key_1',
      'signing-key\0key_1',
      '',
    ])
      expect(() => open(text, other, [a])).toThrow()
  })

  test('does not open under a wrong key of the same id, nor an unknown id', () => {
    const text = seal(plain, context, [a])
    expect(() => open(text, context, [{ id: 'a', bytes: b.bytes }])).toThrow()
    expect(() => open(text, context, [b])).toThrow('master key "a" is not configured')
    expect(() => open(text, context, [])).toThrow('not configured')
  })

  test('is under the first master key and opens with any that is configured', () => {
    const [underA, underB] = [seal(plain, context, [a, b]), seal(plain, context, [b, a])]
    expect([sealedUnder(underA), sealedUnder(underB)]).toEqual(['a', 'b'])
    for (const keys of [
      [a, b],
      [b, a],
    ])
      expect([open(underA, context, keys), open(underB, context, keys)]).toEqual([plain, plain])
    expect(() => seal(plain, context, [])).toThrow('no master key')
  })

  test('of another version or shape is refused', () => {
    const text = seal(plain, context, [a])
    const [, id, nonce = '', body = ''] = text.split('.')
    for (const other of [
      text.replace('v1', 'v2'),
      `${text}.x`,
      `v1.${id}.${nonce}`,
      `v1.${id}..${body}`,
      `v1.${id}.${nonce}.`,
      `v1.${id}.${nonce}.${body}=`,
      `v1.${id}.${nonce}. ${body}`,
      `v1.${id}.${nonce}.${Buffer.from(body, 'base64url').subarray(0, 15).toString('base64url')}`,
      `v1.${id}.${nonce}.${Buffer.from(body, 'base64url').subarray(0, -1).toString('base64url')}`,
      plain,
      '',
    ])
      expect(() => open(other, context, [a])).toThrow()
  })
})

test('a master key makes another key for each purpose', () => {
  const keys = [deriveKey(a, 'x'), deriveKey(a, 'y'), deriveKey(b, 'x'), a.bytes]
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(4)
  expect(keys.every((key) => key.length === 32)).toBe(true)
  expect(deriveKey(a, 'x')).toEqual(keys[0])
})

import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasValidSignature, parseSecret, type SecretClaims, secretDay, signSecret } from './secret'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const expected = { issuer: 'http://localhost:3000', audience: 'http://localhost:3001' }
const claims: SecretClaims = {
  client_id: 'org_1',
  client_secret: 'kt_org_0123456789ABCDEFGHIJKLMNOPQRSTUV0mGsBo',
  iat: Date.UTC(2026, 2, 1) / 1000,
  exp: Date.UTC(2027, 2, 1) / 1000,
  iss: expected.issuer,
  aud: expected.audience,
}
const header = { alg: 'EdDSA', typ: 'keyturn-secret+jwt', kid: 'key-1' }
const good = signSecret(claims, { kid: 'key-1', privateKey })

const accepts = (text: string) => {
  const secret = parseSecret(text, expected)
  return secret !== null && hasValidSignature(secret, publicKey)
}
const [head = '', payload = '', signature = ''] = good.split('.')
const { exp: _exp, ...neverExpiring } = claims

describe('a Secret', () => {
  test('is three canonical parts with the claims in their order', () => {
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual(header)
    expect(Buffer.from(payload, 'base64url').toString()).toBe(JSON.stringify(claims))
    expect(Object.keys(JSON.parse(Buffer.from(payload, 'base64url').toString()))[1]).toBe('client_secret')
    expect(parseSecret(good, expected)).toMatchObject({ kid: 'key-1', claims })
    expect(accepts(good)).toBe(true)
  })

  test('has no exp when its key never expires', () => {
    const secret = signSecret(neverExpiring, { kid: 'key-1', privateKey })
    expect(parseSecret(secret, expected)?.claims).toEqual(neverExpiring)
    expect(accepts(secret)).toBe(true)
  })

  test('is dated by the start of the UTC day', () => {
    const seconds = (iso: string) => Date.parse(iso) / 1000
    const midnight = seconds('2026-03-01T00:00:00Z')
    expect(secretDay(new Date('2026-03-01T00:00:00.000Z'))).toBe(midnight)
    expect(secretDay(new Date('2026-03-01T23:59:59.999Z'))).toBe(midnight)
    expect(secretDay(new Date('2026-03-01T23:59:59.999-01:00'))).toBe(seconds('2026-03-02T00:00:00Z'))
  })

  test('of another key pair, or with any bit of its signature flipped, is not signed', () => {
    const other = generateKeyPairSync('ed25519')
    expect(accepts(signSecret(claims, { kid: 'key-1', privateKey: other.privateKey }))).toBe(false)
    for (let bit = 0; bit < 512; bit++) {
      const bytes = Buffer.from(signature, 'base64url')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(accepts(`${head}.${payload}.${bytes.toString('base64url')}`)).toBe(false)
    }
  })

  test('has one signature: s + L, which says the same, is refused', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = Buffer.from(signature, 'base64url')
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32)
    expect(accepts(`${head}.${payload}.${bytes.toString('base64url')}`)).toBe(false)
  })
})

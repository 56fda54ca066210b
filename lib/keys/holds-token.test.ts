import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { signSecret } from '@/lib/organization-keys/secret'
import { holdsToken } from './holds-token'
import { newKeyText } from './token'

const { privateKey } = generateKeyPairSync('ed25519')
const secret = signSecret(
  { client_id: 'org_1', client_secret: newKeyText('org'), iat: 0, iss: 'i', aud: 'a' },
  { kid: 'any', privateKey },
)

test('tokens are seen in any parameter, percent-encoded too', () => {
  for (const token of [secret, newKeyText('org'), newKeyText('svc')]) {
    expect(holdsToken(`a=1&x=${token}`)).toBe(true)
    const encoded = [...token].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')
    expect(holdsToken(`x=${encoded}`)).toBe(true)
    expect(holdsToken(`x=${encoded.toUpperCase()}`)).toBe(true)
    expect(holdsToken(`x=${encoded.replaceAll('%', '%25')}`)).toBe(true)
    expect(holdsToken(`x=${encoded.replaceAll('%', `%${'25'.repeat(9)}`)}`)).toBe(true)
  }
})

test('a Secret without its first part still holds the API key', () => {
  expect(holdsToken(`/files/${secret.slice(secret.indexOf('.') + 1)}`)).toBe(true)
})

test('what was encoded a thousand times costs no time', () => {
  const text = `%${'25'.repeat(8_000)}`
  const startedAt = performance.now()
  for (let i = 0; i < 20; i++) expect(holdsToken(text)).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test("a platform's own parameters are its own business", () => {
  for (const query of [
    'token=abc&page=2',
    'access_token=eyJhbGciOiJIUzI1NiJ9.e30.x',
    'q=kt_',
    '%E0%A4%A',
    '',
  ])
    expect(holdsToken(query)).toBe(false)
})

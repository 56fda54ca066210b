import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { secretDay } from '@/lib/organization-keys/secret'
import { claimsOf, secretOf } from '@/lib/verify/testing/rows'
import { type RawAnswer, sendRequest } from './testing/raw-http'
import { testApi } from './testing/test-api'

const { running, signer, key } = await testApi()
const genuine = secretOf(key, signer)

const present = (token: string): Promise<RawAnswer> =>
  sendRequest(running.port, 'GET /v1/authz/forward-auth', [`Authorization: Bearer ${token}`])
const encode = (text: string) => Buffer.from(text).toString('base64url')
const header = (changes: object = {}) => ({
  alg: 'EdDSA',
  typ: 'keyturn-secret+jwt',
  kid: signer.kid,
  ...changes,
})

/** A token of any header and payload text, signed as our own would be. */
function signed(head: object | string, payload: object | string, by = signer.privateKey): string {
  const text = (part: object | string) => encode(typeof part === 'string' ? part : JSON.stringify(part))
  const signedPart = `${text(head)}.${text(payload)}`
  return `${signedPart}.${sign(null, Buffer.from(signedPart), by).toString('base64url')}`
}

test('the genuine Secret passes, cold and warm', async () => {
  expect((await present(genuine)).status).toBe(200)
  expect((await present(genuine)).status).toBe(200)
  expect((await present(signed(header(), claimsOf(key)))).status).toBe(200)
})

const attacker = generateKeyPairSync('ed25519')
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const json = (value: object) => JSON.stringify(value)

const forgeries: Record<string, () => string | Promise<string>> = {
  'alg none': () => `${encode(json(header({ alg: 'none' })))}.${encode(json(claimsOf(key)))}.`,
  'alg none, with a signature': () => signed(header({ alg: 'none' }), claimsOf(key)),
  'alg HS256 keyed with the public key': () => {
    const part = `${encode(json(header({ alg: 'HS256' })))}.${encode(json(claimsOf(key)))}`
    const pem = signer.publicKey.export({ type: 'spki', format: 'pem' })
    return `${part}.${createHmac('sha256', pem).update(part).digest('base64url')}`
  },
  'alg ES256': () =>
    new SignJWT({ ...claimsOf(key) })
      .setProtectedHeader({ ...header(), alg: 'ES256' })
      .sign(elliptic.privateKey),
  'alg Ed25519': () => signed(header({ alg: 'Ed25519' }), claimsOf(key)),
  'alg eddsa': () => signed(header({ alg: 'eddsa' }), claimsOf(key)),
  'typ JWT': () => signed(header({ typ: 'JWT' }), claimsOf(key)),
  'no typ': () => signed({ alg: 'EdDSA', kid: signer.kid }, claimsOf(key)),
  'no kid': () => signed({ alg: 'EdDSA', typ: 'keyturn-secret+jwt' }, claimsOf(key)),
  'kid a number': () => signed(header({ kid: 1 }), claimsOf(key)),
  'kid unknown': () => signed(header({ kid: 'other' }), claimsOf(key)),
  'kid a path': () => signed(header({ kid: '../../dev/null' }), claimsOf(key)),
  'kid __proto__': () =>
    signed(`{"alg":"EdDSA","typ":"keyturn-secret+jwt","kid":"__proto__"}`, claimsOf(key)),
  'jwk of its own': () =>
    signed(header({ jwk: attacker.publicKey.export({ format: 'jwk' }) }), claimsOf(key), attacker.privateKey),
  jku: () => signed(header({ jku: 'https://evil.example/jwks' }), claimsOf(key)),
  x5u: () => signed(header({ x5u: 'https://evil.example/x5u' }), claimsOf(key)),
  x5c: () => signed(header({ x5c: ['AAAA'] }), claimsOf(key)),
  crit: () => signed(header({ crit: ['exp'] }), claimsOf(key)),
  'b64 false': () => signed(header({ b64: false, crit: ['b64'] }), claimsOf(key)),
  zip: () => signed(header({ zip: 'DEF' }), claimsOf(key)),
  'header members in another order': () =>
    signed({ typ: 'keyturn-secret+jwt', alg: 'EdDSA', kid: signer.kid }, claimsOf(key)),
  'alg twice': () =>
    signed(`{"alg":"none","alg":"EdDSA","typ":"keyturn-secret+jwt","kid":"${signer.kid}"}`, claimsOf(key)),
  'signed by another key under our kid': () => signed(header(), claimsOf(key), attacker.privateKey),
  'exp twice': () => signed(header(), json(claimsOf(key)).replace('"exp"', '"exp":1,"exp"')),
  'claims in another order': () => {
    const { client_id, client_secret, ...rest } = claimsOf(key)
    return signed(header(), { client_secret, client_id, ...rest })
  },
  'a further claim': () => signed(header(), { ...claimsOf(key), admin: true }),
  'no iss': () => signed(header(), { ...claimsOf(key), iss: undefined }),
  'other iss': () => secretOf(key, signer, { iss: 'https://evil.example' }),
  'other aud': () => secretOf(key, signer, { aud: 'https://evil.example' }),
  'aud a list': () => signed(header(), { ...claimsOf(key), aud: [claimsOf(key).aud] }),
  'no exp on a key that expires': () => secretOf(key, signer, { exp: undefined }),
  'exp a text': () => signed(header(), { ...claimsOf(key), exp: '9999999999' }),
  'exp null': () => signed(header(), { ...claimsOf(key), exp: null }),
  'exp with a fraction': () => signed(header(), { ...claimsOf(key), exp: 9999999999.5 }),
  'exp 1e400': () => signed(header(), json(claimsOf(key)).replace(/"exp":\d+/, '"exp":1e400')),
  'exp negative': () => secretOf(key, signer, { exp: -1 }),
  'exp passed': () => secretOf(key, signer, { exp: Math.floor(Date.now() / 1000) - 1 }),
  'iat within the day': () => secretOf(key, signer, { iat: secretDay(new Date()) + 1 }),
  'iat in two days': () => secretOf(key, signer, { iat: secretDay(new Date()) + 2 * 86_400 }),
  'exp moved under the old signature': () => {
    const [head, , signature] = genuine.split('.')
    return `${head}.${encode(json(claimsOf(key, { exp: 9999999999 })))}.${signature}`
  },
  'another key of the same signer under the old signature': () => {
    const [head, , signature] = genuine.split('.')
    return `${head}.${encode(json({ ...claimsOf(key), client_id: 'org_other' }))}.${signature}`
  },
  "another organization's client_id": () => secretOf({ ...key, organizationId: 'org_other' }, signer),
  'an API key that was never issued': () => secretOf({ ...key, apiKey: newKeyText('org') }, signer),
  'client_secret not an API key': () => secretOf({ ...key, apiKey: 'x' }, signer),
  'client_secret a list': () => signed(header(), { ...claimsOf(key), client_secret: [key.apiKey] }),
  'white space in the payload': () => signed(header(), JSON.stringify(claimsOf(key), null, 1)),
  'escapes in the payload': () => signed(header(), json(claimsOf(key)).replace('"iss"', '"\\u0069ss"')),
  'payload a list': () => signed(header(), '[1]'),
  'payload no JSON': () => signed(header(), 'x'),
  'a byte order mark': () => signed(header(), `\ufeff${json(claimsOf(key))}`),
  'no signature': () => genuine.slice(0, genuine.lastIndexOf('.') + 1),
  'two parts': () => genuine.slice(0, genuine.lastIndexOf('.')),
  'four parts': () => `${genuine}.${genuine.split('.')[2]}`,
  'five parts': () => `${genuine}.a.b`,
  'padding on the signature': () => `${genuine}==`,
  'padding on the payload': () => {
    const [head, payload, signature] = genuine.split('.')
    return `${head}.${payload}=.${signature}`
  },
  'other last bits of the signature': () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(genuine.at(-1) ?? '')
    return genuine.slice(0, -1) + alphabet[(last & ~15) | ((last + 1) & 15)]
  },
  'base64 instead of base64url': () => {
    const [head = '', payload = '', signature = ''] = genuine.split('.')
    return `${head}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`
  },
  'white space inside': () => genuine.replace('.', '. '),
  'a trailing dot': () => `${genuine}.`,
  'the bare API key': () => key.apiKey,
  'an API key with a wrong checksum': () =>
    `${key.apiKey.slice(0, -1)}${key.apiKey.endsWith('a') ? 'b' : 'a'}`,
  nothing: () => '.',
  dots: () => '..',
  'very long': () => 'a'.repeat(10_000),
}

describe('a forged Secret is refused, and says nothing about why', () => {
  test.each(Object.keys(forgeries))('%s', async (name) => {
    const token = await forgeries[name]?.()
    expect(token).not.toBe(genuine)
    const answer = await present(token ?? '')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"')
    expect(JSON.parse(answer.body)).toEqual({
      type: 'about:blank',
      title: 'Invalid token',
      status: 401,
      code: 'INVALID_TOKEN',
      requestId: answer.headers.get('x-request-id'),
    })
  })
})

test('each flipped bit of the signature is refused', async () => {
  const [head, payload, signature = ''] = genuine.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect((await present(`${head}.${payload}.${flipped.toString('base64url')}`)).status).toBe(401)
  }
  expect((await present(genuine)).status).toBe(200)
})

import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasValidSignature, parseSecret, type SecretClaims, signSecret } from './secret'

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

const b64 = (text: string | Buffer) => Buffer.from(text).toString('base64url')
/** A Secret of any header and payload, as texts, with a signature that is right for them. */
const signed = (head: string, payload: string) => withSignature(`${b64(head)}.${b64(payload)}`)
const withSignature = (part: string) =>
  `${part}.${sign(null, Buffer.from(part), privateKey).toString('base64url')}`
const withHeader = (head: object) => signed(JSON.stringify(head), JSON.stringify(claims))
const withPayload = (payload: string) => signed(JSON.stringify(header), payload)
const withClaims = (changed: object) => withPayload(JSON.stringify(changed))
const accepts = (text: string) => {
  const secret = parseSecret(text, expected)
  return secret !== null && hasValidSignature(secret, publicKey)
}
const [head = '', payload = '', signature = ''] = good.split('.')
const { exp: _exp, ...neverExpiring } = claims
const text = JSON.stringify(claims)

const hmac = (alg: string) => {
  const part = `${b64(JSON.stringify({ ...header, alg }))}.${payload}`
  const key = publicKey.export({ format: 'pem', type: 'spki' })
  return `${part}.${createHmac('sha256', key).update(part).digest('base64url')}`
}
const es256 = () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const part = `${b64(JSON.stringify({ ...header, alg: 'ES256' }))}.${payload}`
  const bytes = sign('sha256', Buffer.from(part), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${part}.${bytes.toString('base64url')}`
}
const jwk = publicKey.export({ format: 'jwk' })
const nextCharacter = (character = '') => {
  const all = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return all[(all.indexOf(character) + 1) % 64]
}
/** The same bytes in another spelling: the bits that the last character has too many. */
const trailing = (part: string) => part.slice(0, -1) + nextCharacter(part.at(-1))

// Payloads of two lengths, so that one of them leaves spare bits whatever the base64 remainder is.
const spare = [claims, { ...claims, client_id: 'org_12' }, { ...claims, client_id: 'org_123' }]
  .map((each) => signSecret(each, { kid: 'key-1', privateKey }).split('.')[1] ?? '')
  .find((part) => part.length % 4 !== 0) as string

const dashed = Array.from({ length: 100 }, (_, i) =>
  signSecret(claims, { kid: `key-${i}`, privateKey }),
).find((secret) => /\..*\..*[-_]/.test(secret)) as string

const forged: Record<string, string> = {
  'alg none': withHeader({ ...header, alg: 'none' }),
  'alg none, unsigned': `${b64(JSON.stringify({ ...header, alg: 'none' }))}.${payload}.`,
  'alg None': withHeader({ ...header, alg: 'None' }),
  'alg HS256 with the public key': hmac('HS256'),
  'alg EdDSA with an HMAC of the public key': hmac('EdDSA'),
  'alg ES256': es256(),
  'alg eddsa': withHeader({ ...header, alg: 'eddsa' }),
  'alg Ed25519': withHeader({ ...header, alg: 'Ed25519' }),
  'alg missing': withHeader({ typ: header.typ, kid: header.kid }),
  'alg in a list': withHeader({ ...header, alg: ['EdDSA'] }),
  'typ JWT': withHeader({ ...header, typ: 'JWT' }),
  'typ in capitals': withHeader({ ...header, typ: 'KEYTURN-SECRET+JWT' }),
  'typ missing': withHeader({ alg: header.alg, kid: header.kid }),
  'kid missing': withHeader({ alg: header.alg, typ: header.typ }),
  'kid a number': withHeader({ ...header, kid: 1 }),
  'kid null': withHeader({ ...header, kid: null }),
  jwk: withHeader({ ...header, jwk }),
  'jwk instead of kid': withHeader({ alg: header.alg, typ: header.typ, jwk }),
  jku: withHeader({ ...header, jku: 'https://evil.example/jwks.json' }),
  x5u: withHeader({ ...header, x5u: 'https://evil.example/x.pem' }),
  x5c: withHeader({ ...header, x5c: ['MII'] }),
  crit: withHeader({ ...header, crit: ['b64'] }),
  'crit, empty': withHeader({ ...header, crit: [] }),
  'b64 false': withHeader({ ...header, b64: false, crit: ['b64'] }),
  'header in another order': withHeader({ typ: header.typ, alg: header.alg, kid: header.kid }),
  'header with a doubled alg': signed(`{"alg":"none",${JSON.stringify(header).slice(1)}`, text),
  'header a list': signed('["EdDSA"]', text),
  'header null': signed('null', text),
  'header no JSON': signed('EdDSA', text),
  'header names that only look right joined': signed('{"alg,typ":"EdDSA","kid":"key-1"}', text),
  'header with __proto__': signed(`${JSON.stringify(header).slice(0, -1)},"__proto__":{}}`, text),
  'claims in another order': withClaims(Object.fromEntries(Object.entries(claims).reverse())),
  'client_secret doubled': withPayload(text.replace('"iat"', `"client_secret":"kt_org_x","iat"`)),
  'client_id doubled at the end': withPayload(`${text.slice(0, -1)},"client_id":"org_2"}`),
  'a claim more': withClaims({ ...claims, nbf: 0 }),
  'sub for an administrator': withClaims({ ...claims, sub: 'admin' }),
  '__proto__ in the claims': withPayload(`${text.slice(0, -1)},"__proto__":{"exp":9}}`),
  'client_id missing': withClaims({ ...claims, client_id: undefined }),
  'client_secret missing': withClaims({ ...claims, client_secret: undefined }),
  'client_secret a number': withClaims({ ...claims, client_secret: 1 }),
  'client_secret null': withClaims({ ...claims, client_secret: null }),
  'client_secret a list': withClaims({ ...claims, client_secret: [claims.client_secret] }),
  'iat missing': withClaims({ ...claims, iat: undefined }),
  'iat text': withClaims({ ...claims, iat: String(claims.iat) }),
  'iat negative': withClaims({ ...claims, iat: -1 }),
  'exp text': withClaims({ ...claims, exp: String(claims.exp) }),
  'exp a fraction': withClaims({ ...claims, exp: 1.5 }),
  'exp null': withClaims({ ...claims, exp: null }),
  'exp beyond what a number can count': withPayload(text.replace(/"exp":\d+/, '"exp":9007199254740993')),
  'exp 1e999': withPayload(text.replace(/"exp":\d+/, '"exp":1e999')),
  'exp in another spelling': withPayload(text.replace(/"exp":(\d+)/, '"exp":$1.0')),
  'exp with an exponent': withPayload(text.replace(/"exp":\d+/, '"exp":2e9')),
  'exp doubled': withPayload(text.replace(/"exp":\d+/, '"exp":1,"exp":9999999999')),
  'iss of another installation': withClaims({ ...claims, iss: 'https://evil.example' }),
  'iss with a slash more': withClaims({ ...claims, iss: `${claims.iss}/` }),
  'iss missing': withClaims({ ...claims, iss: undefined }),
  'aud of another API': withClaims({ ...claims, aud: 'https://evil.example' }),
  'aud a list': withClaims({ ...claims, aud: [claims.aud] }),
  'aud missing': withClaims({ ...claims, aud: undefined }),
  'a unicode escape': withPayload(text.replace('org_1', '\\u006frg_1')),
  'an escaped slash': withPayload(text.replaceAll('/', '\\/')),
  'white space in the JSON': withPayload(text.replace(',', ', ')),
  'a BOM': withPayload(`\ufeff${text}`),
  'JSON twice': withPayload(`${text}${text}`),
  'payload a list': withPayload(JSON.stringify([claims])),
  'payload no UTF-8': signed(JSON.stringify(header), text).replace(payload, b64(Buffer.from([0xff, 0xfe]))),
  'padding on the header': `${head}=.${payload}.${signature}`,
  'padding on the payload': `${head}.${payload}=.${signature}`,
  'padding on the signature': `${good}==`,
  'signature with other trailing bits': `${head}.${payload}.${trailing(signature)}`,
  'payload with other trailing bits': withSignature(`${head}.${trailing(spare)}`),
  'standard base64': dashed.replaceAll('-', '+').replaceAll('_', '/'),
  'white space around': ` ${good}`,
  'a line break at the end': `${good}\n`,
  'white space inside': `${head}. ${payload}.${signature}`,
  'no signature': `${head}.${payload}.`,
  'two parts': `${head}.${payload}`,
  'four parts': `${good}.${signature}`,
  'five parts': `${good}.a.b`,
  'a short signature': `${head}.${payload}.${signature.slice(0, -3)}`,
  'a signature of zeros': `${head}.${payload}.${b64(Buffer.alloc(64))}`,
  'the payload of another Secret': `${head}.${b64(JSON.stringify({ ...claims, client_id: 'org_2' }))}.${signature}`,
  'a payload too long to look at': withClaims({ ...claims, client_id: 'x'.repeat(3000) }),
  nothing: '',
  dots: '..',
}

/** What only the signature gives away; all the rest is refused before any key is looked up. */
const wellFormed = ['a signature of zeros', 'the payload of another Secret']

describe('a forged Secret is refused:', () => {
  for (const [name, forgery] of Object.entries(forged))
    test(name, () => {
      expect(forgery).not.toBe(good)
      expect(parseSecret(forgery, expected) !== null).toBe(wellFormed.includes(name))
      expect(accepts(forgery)).toBe(false)
    })

  test('and the way in which they are made would make a good one', () => {
    expect(accepts(withHeader(header))).toBe(true)
    expect(accepts(withPayload(text))).toBe(true)
    expect(accepts(withClaims(neverExpiring))).toBe(true)
    expect(Buffer.from(trailing(spare), 'base64url').equals(Buffer.from(spare, 'base64url'))).toBe(true)
    expect(Buffer.from(trailing(signature), 'base64url').equals(Buffer.from(signature, 'base64url'))).toBe(
      true,
    )
  })
})

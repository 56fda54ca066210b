import { type KeyObject, sign, verify } from 'node:crypto'

/**
 * The Secret: a compact JWS (EdDSA over Ed25519) that carries the API key. Claims in this order, times in
 * seconds since 1970; `exp` is absent when the key never expires (CONTRACT.md, Credentials).
 */
export type SecretClaims = {
  client_id: string
  client_secret: string
  iat: number
  exp?: number
  iss: string
  aud: string
}

export type ParsedSecret = { kid: string; claims: SecretClaims; signedPart: string; signature: Buffer }

const type = 'keyturn-secret+jwt'
const withExpiry = ['client_id', 'client_secret', 'iat', 'exp', 'iss', 'aud']
const withoutExpiry = withExpiry.filter((name) => name !== 'exp')
const longest = 2048

/** The start of `now`'s UTC day, in seconds: the Secret's `iat`, and why its text changes daily. */
export function secretDay(now: Date): number {
  return Math.floor(now.getTime() / 86_400_000) * 86_400
}

export function signSecret(claims: SecretClaims, signer: { kid: string; privateKey: KeyObject }): string {
  const { client_id, client_secret, iat, exp, iss, aud } = claims
  const header = encode({ alg: 'EdDSA', typ: type, kid: signer.kid })
  const payload = encode({ client_id, client_secret, iat, ...(exp === undefined ? {} : { exp }), iss, aud })
  const signedPart = `${header}.${payload}`
  return `${signedPart}.${sign(null, Buffer.from(signedPart), signer.privateKey).toString('base64url')}`
}

/**
 * Reads a Secret without checking its signature. Null for anything that `signSecret` would not have written
 * byte for byte: other `alg` or `typ`, further header members, doubled or reordered claims, other spellings of
 * base64url, another issuer or audience.
 */
export function parseSecret(
  text: string,
  expected: { issuer: string; audience: string },
): ParsedSecret | null {
  if (text.length > longest) return null
  const [header, payload, signatureText, ...rest] = text.split('.')
  if (!header || !payload || !signatureText || rest.length > 0) return null

  const head = decode(header)
  if (!head || Object.keys(head).join() !== 'alg,typ,kid') return null
  if (head.alg !== 'EdDSA' || head.typ !== type || typeof head.kid !== 'string') return null

  const claims = decode(payload)
  if (!claims || !isClaims(claims)) return null
  if (claims.iss !== expected.issuer || claims.aud !== expected.audience) return null

  const signature = Buffer.from(signatureText, 'base64url')
  if (signature.length !== 64 || signature.toString('base64url') !== signatureText) return null
  return { kid: head.kid, claims, signedPart: `${header}.${payload}`, signature }
}

export function hasValidSignature(secret: ParsedSecret, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(secret.signedPart), publicKey, secret.signature)
}

function isClaims(claims: Record<string, unknown>): claims is SecretClaims {
  const names = Object.keys(claims).join()
  if (names !== withExpiry.join() && names !== withoutExpiry.join()) return false
  const { client_id, client_secret, iat, exp, iss, aud } = claims
  return (
    [client_id, client_secret, iss, aud].every((value) => typeof value === 'string') &&
    isSeconds(iat) &&
    (exp === undefined || isSeconds(exp))
  )
}

function isSeconds(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

// Encoding again and comparing catches doubled members, white space, escapes and stray base64url bits at once.
function decode(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return encode(value) === text ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

import { hash } from 'node:crypto'
import { parseKeyText } from '@/lib/keys/token'
import { hasValidSignature, type ParsedSecret, parseSecret } from '@/lib/organization-keys/secret'
import type { Credential } from './decide'
import type { KeyEntry } from './entries'
import type { OperationalList } from './operational-list'
import { Remembered } from './remembered'

/** `credential` as it stands in the list's `revision`. */
type Known = { kid: string; credential: Extract<Credential, { form: 'secret' }>; revision: number }

const malformed: Credential = { form: 'malformed' }
const unknown: Credential = { form: 'unknown' }
const secondsOfADay = 86_400
const longestToken = 2_048
const opaqueStart = 'kt_'

/**
 * Turns a token's text into a credential. A service key is found by its digest. A Secret's signature is checked
 * once; after that the digest of the exact text is enough, while the key itself is taken anew whenever the list has
 * changed. Only Secrets that we signed are remembered, so garbage cannot push them out.
 */
export class Recognizer {
  readonly #known: Remembered<Known>

  constructor(
    readonly expected: { issuer: string; audience: string },
    generationSize = 100_000,
  ) {
    this.#known = new Remembered(generationSize)
  }

  recognize(token: string, list: OperationalList): Credential {
    if (token.length > longestToken) return malformed
    const digest = hash('sha256', token, 'base64')
    if (token.startsWith(opaqueStart)) return opaque(token, list.keyByDigest(digest))
    const known = this.#known.get(digest)
    if (known === undefined) return this.#read(token, digest, list)

    return known.revision === list.revision ? known.credential : this.#lookUpAgain(known, list)
  }

  #lookUpAgain(known: Known, list: OperationalList): Credential {
    const key = list.key(known.credential.key.id)
    if (key === undefined || list.signingKey(known.kid) === undefined) return unknown
    known.credential = { ...known.credential, key }
    known.revision = list.revision
    return known.credential
  }

  #read(token: string, digest: string, list: OperationalList): Credential {
    const secret = parseSecret(token, this.expected)
    if (!secret || !isPlausible(secret)) return malformed
    const { client_id, client_secret, iat, exp } = secret.claims
    const key = list.keyByDigest(hash('sha256', client_secret, 'base64'))
    const signingKey = list.signingKey(secret.kid)
    if (!key || !signingKey) return unknown
    // As unknown as an absent key: a forged Secret must not tell whether the API key inside it exists.
    if (client_id !== key.organization.id || !hasValidSignature(secret, signingKey.publicKey)) return unknown
    const credential = {
      form: 'secret' as const,
      key,
      issuedAt: iat * 1000,
      expiresAt: exp === undefined ? null : exp * 1000,
    }
    this.#known.set(digest, { kid: secret.kid, credential, revision: list.revision })
    return credential
  }
}

/** An organization's API key is in the list too, and no credential by itself. */
function opaque(token: string, key: KeyEntry | undefined): Credential {
  if (key !== undefined && key.serviceUser !== null) return { form: 'service-key', key }
  return parseKeyText(token) === 'svc' ? unknown : malformed
}

/** The checks that cost nothing, before a look-up or a signature. */
function isPlausible({ claims }: ParsedSecret): boolean {
  return claims.iat % secondsOfADay === 0 && parseKeyText(claims.client_secret) === 'org'
}

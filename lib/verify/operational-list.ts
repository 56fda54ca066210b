import type { KeyEntry, OrganizationEntry, SigningKeyEntry } from './entries'

/**
 * Every organization key, its organization and the public signing keys, in memory. Keys that are no longer
 * accepted stay in it, so that the owner's log can say exactly why a call was refused.
 */
export class OperationalList {
  /** The database's version that this list reflects. */
  version = 0

  readonly #keys = new Map<string, KeyEntry>()
  readonly #keysByDigest = new Map<string, KeyEntry>()
  readonly #organizations = new Map<string, OrganizationEntry>()
  readonly #signingKeys = new Map<string, SigningKeyEntry>()

  get size(): number {
    return this.#keys.size
  }

  key(id: string): KeyEntry | undefined {
    return this.#keys.get(id)
  }

  /** @param digest SHA-256 of the API key, base64 */
  keyByDigest(digest: string): KeyEntry | undefined {
    return this.#keysByDigest.get(digest)
  }

  organization(id: string): OrganizationEntry | undefined {
    return this.#organizations.get(id)
  }

  signingKey(kid: string): SigningKeyEntry | undefined {
    return this.#signingKeys.get(kid)
  }

  signingKeys(): SigningKeyEntry[] {
    return [...this.#signingKeys.values()]
  }

  putKey(key: KeyEntry): void {
    this.#keys.set(key.id, key)
    this.#keysByDigest.set(key.digest, key)
  }

  removeKey(id: string): void {
    const key = this.#keys.get(id)
    if (!key) return
    this.#keys.delete(id)
    this.#keysByDigest.delete(key.digest)
  }

  putOrganization(organization: OrganizationEntry): void {
    this.#organizations.set(organization.id, organization)
  }

  putSigningKey(key: SigningKeyEntry): void {
    this.#signingKeys.set(key.kid, key)
  }

  removeSigningKey(kid: string): void {
    this.#signingKeys.delete(kid)
  }
}

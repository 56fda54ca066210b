import type { KeyEntry, SigningKeyEntry } from './entries'

let lastRevision = 0

/**
 * Every organization key with its organization, and the public signing keys, in memory. Keys that are no longer
 * accepted stay in it, so that the owner's log can say exactly why a call was refused.
 */
export class OperationalList {
  /** The database's version that this list reflects. */
  version = 0

  /** Another number after every change, and for every list: what was looked up under it still holds. */
  revision = ++lastRevision

  readonly #keys = new Map<string, KeyEntry>()
  readonly #keysByDigest = new Map<string, KeyEntry>()
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

  signingKey(kid: string): SigningKeyEntry | undefined {
    return this.#signingKeys.get(kid)
  }

  signingKeys(): SigningKeyEntry[] {
    return [...this.#signingKeys.values()]
  }

  putKey(key: KeyEntry): void {
    this.revision = ++lastRevision
    this.#keys.set(key.id, key)
    this.#keysByDigest.set(key.digest, key)
  }

  removeKey(id: string): void {
    const key = this.#keys.get(id)
    if (!key) return
    this.revision = ++lastRevision
    this.#keys.delete(id)
    this.#keysByDigest.delete(key.digest)
  }

  putSigningKey(key: SigningKeyEntry): void {
    this.revision = ++lastRevision
    this.#signingKeys.set(key.kid, key)
  }

  removeSigningKey(kid: string): void {
    this.revision = ++lastRevision
    this.#signingKeys.delete(kid)
  }
}

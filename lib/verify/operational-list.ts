import type { KeyEntry, SigningKeyEntry } from './entries'

let lastRevision = 0

/**
 * Every key with its organization, and the public signing keys, in memory. Keys that are no longer accepted and, for
 * some time, former secrets of service keys stay in it, so that the owner's log can say exactly why a call was refused.
 */
export class OperationalList {
  /** The database's version that this list reflects. */
  version = 0

  /** Another number after every change, and for every list: what was looked up under it still holds. */
  revision = ++lastRevision

  readonly #keys = new Map<string, KeyEntry>()
  /** Of the few service keys whose secret was ever replaced: the former ones, by their digests. */
  readonly #former = new Map<string, Map<string, KeyEntry>>()
  readonly #keysByDigest = new Map<string, KeyEntry>()
  readonly #signingKeys = new Map<string, SigningKeyEntry>()

  get size(): number {
    return this.#keys.size
  }

  /** Of a service key: by its current secret. */
  key(id: string): KeyEntry | undefined {
    return this.#keys.get(id)
  }

  /** @param digest SHA-256 of the key's text, base64 */
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
    if (isFormer(key)) {
      const ofKey = this.#former.get(key.id)
      if (ofKey) ofKey.set(key.digest, key)
      else this.#former.set(key.id, new Map([[key.digest, key]]))
    } else this.#keys.set(key.id, key)
    this.#keysByDigest.set(key.digest, key)
  }

  /** With every secret that it has or had. */
  removeKey(id: string): void {
    const entries = [this.#keys.get(id) ?? [], ...(this.#former.get(id)?.values() ?? [])].flat()
    if (entries.length === 0) return
    this.revision = ++lastRevision
    this.#keys.delete(id)
    this.#former.delete(id)
    for (const { digest } of entries) this.#keysByDigest.delete(digest)
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

function isFormer({ serviceUser, revokedAt }: KeyEntry): boolean {
  return serviceUser !== null && revokedAt !== null
}

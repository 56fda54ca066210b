/**
 * What the uploads of a process hold in memory together, in bytes. One organization gets half of it at most, so that
 * its slow or many uploads leave room for everybody else's.
 */
export class UploadMemory {
  #heldBytes = 0
  readonly #heldBytesOf = new Map<string, number>()

  constructor(private readonly totalBytes: number) {}

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Whether there was room; if so, it is taken until `give`. */
  take(organizationId: string, bytes: number): boolean {
    const ofOrganization = this.#heldBytesOf.get(organizationId) ?? 0
    if (this.#heldBytes + bytes > this.totalBytes || ofOrganization + bytes > this.totalBytes / 2)
      return false
    this.#heldBytes += bytes
    this.#heldBytesOf.set(organizationId, ofOrganization + bytes)
    return true
  }

  give(organizationId: string, bytes: number): void {
    const left = (this.#heldBytesOf.get(organizationId) ?? 0) - bytes
    this.#heldBytes -= bytes
    if (left > 0) this.#heldBytesOf.set(organizationId, left)
    else this.#heldBytesOf.delete(organizationId)
  }
}

import { createHash } from 'node:crypto'
import type { UploadMemory } from './upload-memory'

/** Pieces are stored as they are held here; a small file takes a small one. */
const firstPieceBytes = 16_384
const pieceBytes = 262_144

/**
 * A file that is arriving: kept in pieces and hashed as far as its limit, and given up beyond it. What it holds is
 * taken from the process's memory for uploads; `giveUp` gives it back, and has to be called at the end in any case.
 */
export class IncomingFile {
  /** Why nothing is kept any more. */
  lost: 'too-large' | 'no-room' | null = null
  bytes = 0
  readonly #hash = createHash('sha256')
  #pieces: Buffer[] = []
  #last: Buffer | undefined
  #lastBytes = 0
  #heldBytes = 0

  constructor(
    private readonly organizationId: string,
    private readonly limitBytes: number,
    private readonly memory: UploadMemory,
  ) {}

  write(bytes: Buffer): void {
    if (this.lost !== null || bytes.length === 0) return
    if (this.bytes + bytes.length > this.limitBytes) this.#lose('too-large')
    else this.#keep(bytes)
  }

  /** In their order; none is longer than 256 KiB. */
  get pieces(): readonly Buffer[] {
    if (this.#last === undefined) return this.#pieces
    return [...this.#pieces, this.#last.subarray(0, this.#lastBytes)]
  }

  /** Of the whole file; may be asked for once. */
  sha256(): Buffer {
    return this.#hash.digest()
  }

  giveUp(): void {
    this.memory.give(this.organizationId, this.#heldBytes)
    this.#heldBytes = 0
    this.#pieces = []
    this.#last = undefined
  }

  #keep(bytes: Buffer): void {
    this.#hash.update(bytes)
    for (let at = 0; at < bytes.length; ) {
      const piece = this.#openPiece()
      if (piece === null) {
        this.#lose('no-room')
        return
      }
      const copied = bytes.copy(piece, this.#lastBytes, at)
      this.#lastBytes += copied
      this.bytes += copied
      at += copied
    }
  }

  #openPiece(): Buffer | null {
    if (this.#last !== undefined && this.#lastBytes < this.#last.length) return this.#last
    const wanted = this.#last === undefined ? firstPieceBytes : pieceBytes
    const length = Math.min(wanted, this.limitBytes - this.bytes)
    if (!this.memory.take(this.organizationId, length)) return null
    this.#heldBytes += length
    if (this.#last !== undefined) this.#pieces.push(this.#last)
    this.#last = Buffer.allocUnsafeSlow(length)
    this.#lastBytes = 0
    return this.#last
  }

  #lose(why: 'too-large' | 'no-room'): void {
    this.giveUp()
    this.lost = why
  }
}

import { createHash, randomBytes, randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { IncomingFile } from './incoming-file'
import { UploadMemory } from './upload-memory'

const mebibyte = 1_048_576

function fill(file: IncomingFile, content: Buffer): void {
  for (let at = 0; at < content.length; ) {
    const length = randomInt(1, 60_000)
    file.write(content.subarray(at, at + length))
    at += length
  }
}

test('a file comes back whole, in pieces of at most 256 KiB, with its hash', () => {
  for (const bytes of [1, 16_383, 16_384, 16_385, 278_528, mebibyte]) {
    const memory = new UploadMemory(4 * mebibyte)
    const file = new IncomingFile('org', mebibyte, memory)
    const content = randomBytes(bytes)
    fill(file, content)
    expect([file.lost, file.bytes]).toEqual([null, bytes])
    expect(Buffer.concat(file.pieces).equals(content)).toBe(true)
    for (const piece of file.pieces) expect(piece.length).toBeLessThanOrEqual(262_144)
    expect(file.sha256()).toEqual(createHash('sha256').update(content).digest())
    expect(memory.heldBytes).toBeGreaterThanOrEqual(bytes)
    expect(memory.heldBytes).toBeLessThanOrEqual(bytes + 262_144)
    file.giveUp()
    file.giveUp()
    expect(memory.heldBytes).toBe(0)
  }
})

test('one byte beyond the limit everything is let go at once, and nothing is held any more', () => {
  const memory = new UploadMemory(4 * mebibyte)
  const file = new IncomingFile('org', 1_000, memory)
  file.write(Buffer.alloc(1_000))
  expect([file.lost, memory.heldBytes]).toEqual([null, 1_000])
  file.write(Buffer.alloc(1))
  file.write(Buffer.alloc(1))
  expect([file.lost, memory.heldBytes, file.pieces]).toEqual(['too-large', 0, []])
})

test('uploads of a process share a bound, of which one organization gets half', () => {
  const memory = new UploadMemory(mebibyte)
  const fileOf = (organizationId: string) => new IncomingFile(organizationId, mebibyte, memory)
  const first = fileOf('a')
  fill(first, Buffer.alloc(250_000))
  const second = fileOf('a')
  fill(second, Buffer.alloc(250_000))
  expect([first.lost, second.lost]).toEqual([null, 'no-room'])
  const foreign = fileOf('b')
  fill(foreign, Buffer.alloc(250_000))
  expect(foreign.lost).toBeNull()
  first.giveUp()
  const again = fileOf('a')
  fill(again, Buffer.alloc(250_000))
  expect(again.lost).toBeNull()
})

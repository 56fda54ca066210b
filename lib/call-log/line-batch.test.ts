import { expect, test } from 'vitest'
import { LineBatch } from './line-batch'
import { callOf } from './testing/call'

test('every line comes out once, whole and in order, calls between others', () => {
  const batches: Buffer[] = []
  const batch = new LineBatch((bytes) => batches.push(bytes))
  const longest = `${'y'.repeat(200_000)}`
  const texts = Array.from({ length: 5_000 }, (_, i) => `${i}${'€😀x'.repeat(i % 40)}`)
  for (const text of [...texts, longest, 'last']) {
    batch.write(`${JSON.stringify({ text })}\n`)
    batch.append(callOf({ path: text }))
  }
  batch.flush()
  batch.flush()
  const lines = Buffer.concat(batches).toString('utf8').trimEnd().split('\n')
  const said = lines.map((line) => JSON.parse(line)).map(({ text, path }) => text ?? path)
  const expected = [...texts, longest, 'last'].flatMap((text) => [text, text.slice(0, 512)])
  expect(said).toEqual(expected)
  expect(batches.length).toBeLessThan(100)
  for (const bytes of batches) expect(bytes.at(-1)).toBe(0x0a)
})

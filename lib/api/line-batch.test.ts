import { expect, test } from 'vitest'
import { LineBatch } from './line-batch'

test('every line comes out once, whole and in order', () => {
  const batches: Buffer[] = []
  const batch = new LineBatch((bytes) => batches.push(bytes))
  const lines = Array.from({ length: 5_000 }, (_, i) => `{"n":${i},"text":"${'€😀x'.repeat(i % 40)}"}\n`)
  lines.push(`${'y'.repeat(200_000)}\n`, 'last\n')
  for (const line of lines) batch.write(line)
  batch.flush()
  batch.flush()
  expect(Buffer.concat(batches).toString('utf8')).toBe(lines.join(''))
  expect(batches.length).toBeLessThan(50)
  for (const bytes of batches) expect(bytes.toString('utf8').endsWith('\n')).toBe(true)
})

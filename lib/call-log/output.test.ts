import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { until } from '@/lib/verify/testing/until'
import { batchOutput } from './output'

const line = `${'x'.repeat(1_023)}\n`
const batches = 400
const linesEach = 3

test('lines that nobody reads are dropped beyond the limit, and counted once somebody reads again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-output-'))
  const pipe = join(directory, 'pipe')
  execFileSync('mkfifo', [pipe])
  const [writing, reading] = [openSync(pipe, 'r+'), openSync(pipe, 'r')]
  const dropped: number[] = []
  const output = batchOutput(writing, (lines) => dropped.push(lines), 200 * 1_024)
  for (let i = 0; i < batches; i++) {
    output.write(Buffer.from(line.repeat(linesEach)))
    await sleep(0)
  }
  expect(dropped).toEqual([])

  let bytesRead = 0
  const reader = createReadStream('', { fd: reading }).on('data', (chunk) => {
    bytesRead += chunk.length
  })
  await until(() => dropped.length > 0)
  closeSync(writing)
  await once(reader, 'end')
  const [lost = 0] = dropped
  expect(lost).toBeGreaterThan(500)
  expect(bytesRead / line.length + lost).toBe(batches * linesEach)
  rmSync(directory, { recursive: true })
})

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { base64Length } from '@/lib/media/limit'
import { fileOf } from '@/lib/media/testing/files'
import { insertKey, insertOrganization, insertSigner, secretOf } from '@/lib/verify/testing/rows'
import { type ApiProcess, spawnApi } from './testing/processes'

const limitBytes = 5_242_880
const uploads = 50

vi.setConfig({ testTimeout: 180_000 })

const { database, owner } = await testDatabase()
const signer = await insertSigner(owner)
const token = secretOf(await insertKey(owner, await insertOrganization(owner)), signer)
let api: ApiProcess

beforeAll(async () => {
  api = await spawnApi(database.url)
  await api.ready()
})
afterAll(() => api?.child.kill('SIGKILL'))

const bodyOf = (bytes: number) =>
  JSON.stringify({ fileName: 'a.png', contentType: 'image/png', data: fileOf(bytes).toString('base64') })
const upload = (body: string) =>
  fetch(`${api.url}/v1/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  })

async function residentBytes(field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${api.child.pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024
}

/** Asks again and again, from a thread of its own: this one is busy with sending. */
const probe = `
  const { parentPort, workerData: { url, headers } } = require('node:worker_threads')
  let isOver = false
  parentPort.once('message', () => { isOver = true })
  const watch = async () => {
    let slowestMs = 0
    while (!isOver) {
      const start = performance.now()
      await (await fetch(url, { headers })).text()
      slowestMs = Math.max(slowestMs, performance.now() - start)
    }
    parentPort.postMessage(slowestMs)
    parentPort.close()
  }
  watch()`

/** All at once; answers how much the process grew at the most, and how long the slowest other call took. */
async function atOnce(body: string): Promise<{ answers: Response[]; grownBytes: number; slowestMs: number }> {
  const before = await residentBytes('VmRSS')
  const workerData = { url: `${api.url}/v1/whoami`, headers: { authorization: `Bearer ${token}` } }
  const watcher = new Worker(probe, { eval: true, workerData })
  const answers = await Promise.all(Array.from({ length: uploads }, () => upload(body)))
  watcher.postMessage('over')
  const [slowestMs] = await once(watcher, 'message')
  return { answers, grownBytes: (await residentBytes('VmHWM')) - before, slowestMs }
}

const MB = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`

test('50 uploads of twice the limit at once: each is told both sizes in both units, and memory stays small', async () => {
  const body = bodyOf(2 * limitBytes)
  expect((await upload(body)).status).toBe(413)
  const { answers, grownBytes, slowestMs } = await atOnce(body)
  for (const answer of answers) {
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({
      code: 'MEDIA_TOO_LARGE',
      limitBytes,
      limitBase64Bytes: base64Length(limitBytes),
      actualBytes: 2 * limitBytes,
      actualBase64Bytes: base64Length(2 * limitBytes),
    })
  }
  console.info(`refused: +${MB(grownBytes)} at most, slowest other call ${Math.round(slowestMs)} ms`)
  expect(grownBytes).toBeLessThan(uploads * (limitBytes + 1_000_000))
})

test('50 uploads at the limit at once: all are stored, and the memory for them comes back', async () => {
  const { answers, grownBytes, slowestMs } = await atOnce(bodyOf(limitBytes))
  expect(answers.map(({ status }) => status)).toEqual(Array(uploads).fill(201))
  const [sum] = await owner`select count(*)::int as files, sum(bytes)::int as bytes from media`
  expect(sum).toMatchObject({ files: uploads, bytes: uploads * limitBytes })
  console.info(`stored: +${MB(grownBytes)} at most, slowest other call ${Math.round(slowestMs)} ms`)
  for (let round = 0; round < 2; round++) {
    const again = await Promise.all(Array.from({ length: 5 }, () => upload(bodyOf(1_000))))
    expect(again.map(({ status }) => status)).toEqual(Array(5).fill(201))
  }
})

import { connect } from 'node:net'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { fileOf } from '@/lib/media/testing/files'
import { wholeFiles } from '@/lib/media/testing/whole-files'
import { insertKey, insertOrganization, insertSigner, secretOf } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { startApi } from './testing/running-api'

const { database, owner } = await testDatabase()
const signer = await insertSigner(owner)
const key = await insertKey(owner, await insertOrganization(owner))
const token = secretOf(key, signer)
const running = await startApi({ databaseUrl: database.url })
await running.ready()
afterAll(() => running.stop())

const body = JSON.stringify({
  fileName: 'a.png',
  contentType: 'image/png',
  data: fileOf(1_500_000).toString('base64'),
})
const upload = () =>
  fetch(`${running.url}/v1/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  })

const whole = () => wholeFiles(owner)

/** Makes whoever stores a piece wait, or whoever reads one too. */
async function lockPieces(mode: 'exclusive' | 'access exclusive' = 'exclusive') {
  const blocker = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const reserved = await blocker.reserve()
  await reserved`begin`
  await reserved.unsafe(`lock table media_chunks in ${mode} mode`)
  return {
    async free() {
      await reserved`rollback`
      reserved.release()
      await blocker.end()
    },
  }
}

async function somebodyWaits(): Promise<void> {
  await until(async () => {
    const waiting = await owner`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    return waiting.length > 0
  })
}

async function endWhoWaits(): Promise<void> {
  await owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
}

test('a database that goes away while a file is being stored: 503, and nothing of it is there', async () => {
  const before = await whole()
  const locked = await lockPieces()
  const answer = upload()
  await somebodyWaits()
  await endWhoWaits()
  const response = await answer
  await locked.free()
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, expect.any(String)])
  expect(await whole()).toBe(before)
  expect((await upload()).status).toBe(201)
})

test('a database that goes away in the middle of a download: it breaks off, and the call is logged', async () => {
  const { data } = await (await upload()).json()
  const path = `/v1/media/${data.id}/content`
  const locked = await lockPieces('access exclusive')
  const answer = fetch(running.url + path, { headers: { authorization: `Bearer ${token}` } })
  const content = answer.then((response) => response.arrayBuffer())
  content.catch(() => {})
  await somebodyWaits()
  await endWhoWaits()
  await expect(content).rejects.toThrow()
  await locked.free()
  await until(() => running.lines().some((line) => line.path === path))
  expect(running.lines().find((line) => line.path === path)).toMatchObject({ status: 500, code: 'INTERNAL' })
})

test('a client that hangs up, wherever it does, leaves nothing behind', async () => {
  const before = await whole()
  const head = `POST /v1/media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  const seen = running.lines().filter(({ status }) => status === 499).length
  const cuts = [0, 1, 10, 1_000, 500_000, 1_900_000, body.length - 1]
  for (const length of cuts) {
    const socket = connect(running.port, '127.0.0.1')
    socket.on('error', () => {})
    await new Promise<void>((resolve) => socket.write(head + body.slice(0, length), () => resolve()))
    socket.destroy()
  }
  await until(() => running.lines().filter(({ status }) => status === 499).length === seen + cuts.length)
  expect(await whole()).toBe(before)
})

test('a client that hangs up while its file is being stored leaves nothing behind', async () => {
  const before = await whole()
  const locked = await lockPieces()
  const abort = new AbortController()
  const answer = fetch(`${running.url}/v1/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
    signal: abort.signal,
  }).catch(() => null)
  await somebodyWaits()
  const seen = running.lines().length
  abort.abort()
  await answer
  await locked.free()
  await until(() => running.lines().length > seen)
  expect(running.lines().at(-1)).toMatchObject({ status: 499 })
  expect(await whole()).toBe(before)
})

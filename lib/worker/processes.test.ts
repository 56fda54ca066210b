import { randomUUID } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { getPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { freePort } from '@/lib/api/testing/processes'
import { raise } from '@/lib/notices/raise'
import { insertServiceKey } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { spawnWorker, type WorkerProcess } from './testing/processes'

// Workers let everybody else go first, so on a busy machine they take their time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const { database, owner, mail } = await testDatabaseWithMail()
const organizationId = await createOrganization({ name: 'Northwind' })
const { userId } = await createMember(organizationId, { email: 'ann@example.com', role: 'admin' })
await owner`insert into groups values ('grp_alerts', ${organizationId}, 'Alerts', true, now())`
await owner`insert into group_members values (${organizationId}, 'grp_alerts', ${userId})`
const key = await insertServiceKey(owner, organizationId)
const workers: WorkerProcess[] = []

beforeEach(() => {
  mail.mood = 'up'
})
afterEach(async () => {
  for (const { child } of workers) child.kill('SIGKILL')
  await Promise.all(workers.splice(0).map((worker) => worker.ended()))
  // As if the heartbeats of those that were killed had been missed already.
  await owner`delete from pgboss.job`
  await owner`delete from notices`
})

function spawn(changes: Record<string, string> = {}): WorkerProcess {
  const worker = spawnWorker({ ...process.env, ...changes })
  workers.push(worker)
  return worker
}

async function start(count = 1): Promise<WorkerProcess[]> {
  const started = Array.from({ length: count }, () => spawn())
  await Promise.all(started.map((worker) => worker.ready()))
  return started
}

/** As another process does it; the workers hear of it by the database only. */
async function raiseNotices(count: number): Promise<void> {
  const now = new Date()
  const facts = {
    name: 'Till',
    serviceUser: 'Tills',
    key: 'kt_svc_…1234',
    endsAt: now.toISOString(),
    lastUse: null,
  }
  const notices = Array.from({ length: count }, () => ({
    ...{ organizationId, subjectId: key.id, occasion: randomUUID(), facts, recipients: [userId] },
    kind: 'service-key-expired' as const,
  }))
  await db().transaction((tx) => raise(tx, notices, now))
}
const waiting = async () =>
  (await owner`select count(*)::int as n from notice_deliveries where next_mail_at is not null`)[0]?.n
const untilMailed = (withinMs: number) => until(async () => (await waiting()) === 0, withinMs)
const arrived = () => mail.to('ann@example.com').length
/** Spans in which a job ran, in whichever worker, by their beginning. */
const runs = (name: string) => owner<{ began: Date; ended: Date }[]>`
  select started_on as began, coalesce(completed_on, 'infinity') as ended from pgboss.job
  where name = ${name} and started_on is not null order by began`

test('a notice that another process raised is mailed in seconds, once, and not by the next minute', async () => {
  await start(2)
  await until(async () => (await runs('send-due')).length > 0, 90_000)
  const took: number[] = []
  for (let round = 1; round <= 5; round++) {
    const [before, began] = [arrived(), performance.now()]
    await raiseNotices(1)
    await untilMailed(90_000)
    took.push(performance.now() - began)
    expect(arrived()).toBe(before + 1)
  }
  expect(Math.min(...took)).toBeLessThan(5_000)
})

test('many wishes at once are one job after another, whichever worker does it', async () => {
  const [first, second] = await start(2)
  const before = arrived()
  for (let n = 0; n < 60; n++) {
    await raiseNotices(2)
    await sleep(20)
  }
  await untilMailed(90_000)
  expect(arrived() - before).toBe(120)
  const spans = await runs('send-due')
  expect(spans.length).toBeLessThan(60)
  for (const [n, { began }] of spans.entries())
    expect(n === 0 || began >= (spans[n - 1]?.ended ?? began)).toBe(true)
  for (const worker of [first, second]) expect(worker?.output()).not.toContain('"level":50')
})

test('one that is killed in the middle is followed by the other', async () => {
  const [first, second] = await start(2)
  const before = arrived()
  let asked = 0
  mail.mood = () => (++asked > 30 ? 'deaf' : 'up')
  await raiseNotices(150)
  await until(() => asked > 30, 90_000)
  // Which of them is at it, nobody says; so both are killed, one after the other, and a third one is there.
  first?.child.kill('SIGKILL')
  mail.mood = 'up'
  await start(1)
  second?.child.kill('SIGKILL')
  await Promise.all([first?.ended(), second?.ended()])
  // As if five minutes had passed: what they held is free again.
  await owner`update notice_deliveries set next_mail_at = now() where next_mail_at > now()`
  await raiseNotices(1)
  await untilMailed(120_000)
  expect(arrived() - before).toBe(151)
})

test('a stop ends what is on its way, lets go of the rest, and exits with 0', async () => {
  const [worker] = await start(1)
  const before = arrived()
  mail.mood = () => {
    worker?.child.kill('SIGTERM')
    return 'up'
  }
  await raiseNotices(100)
  expect(await worker?.ended()).toBe(0)
  const held = await owner`select 1 from notice_deliveries where next_mail_at > now()`
  expect(held).toHaveLength(0)
  expect(arrived() - before).toBe(100 - (await waiting()))
  expect(worker?.output()).toContain('"cause":"SIGTERM"')
})

test('it starts without a database, says so once, and works when there is one; also after it was away', async () => {
  const port = await freePort()
  const url = new URL(database.url)
  const target = Number(url.port)
  url.port = String(port)
  const worker = spawn({ DATABASE_URL: url.href })
  await until(() => worker.output().includes('ECONNREFUSED'), 30_000)
  await sleep(2_000)
  expect(worker.lines('jobs:')).toHaveLength(1)

  const line = await tunnel(port, target)
  await worker.ready()
  await line.cut()
  await sleep(3_000)
  expect(worker.lines('jobs:').length).toBeLessThanOrEqual(3)
  const again = await tunnel(port, target)
  const before = arrived()
  await raiseNotices(1)
  await untilMailed(90_000)
  expect(arrived()).toBe(before + 1)
  await again.cut()
  worker.child.kill('SIGTERM')
  expect(await worker.ended()).toBe(0)
})

test('it does not outlive the process that started it, and lets the API go first', async () => {
  const [worker] = await start(1)
  expect(getPriority(worker?.child.pid)).toBeGreaterThan(0)
  worker?.child.disconnect()
  expect(await worker?.ended()).toBe(0)
})

test('a configuration that cannot work is named, and nothing starts', async () => {
  const worker = spawn({ MASTER_KEY: '' })
  expect(await worker.ended()).toBe(1)
  expect(worker.output()).toContain('MASTER_KEY')
  expect(worker.output()).not.toContain('    at ')
})

async function tunnel(port: number, target: number): Promise<{ cut(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1')
    socket.pipe(upstream).pipe(socket)
    for (const end of [socket, upstream]) {
      sockets.add(end)
      end.on('error', () => {})
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

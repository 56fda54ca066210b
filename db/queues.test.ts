import { randomBytes, randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { appRole } from '@/lib/launch/postgres/databases'
import { migrate } from './migrate'
import { arrayFrom, arrayText, queueDatabase } from './queue-database'
import { queueNames, queueSchema } from './queues'
import { freshDatabase } from './testing/database'

const databases: { drop(): Promise<void> }[] = []
afterAll(() => Promise.all(databases.map((database) => database.drop())))

/** Migrated already, with the queues as they are in production. */
async function fresh() {
  const database = await freshDatabase()
  databases.push(database)
  return database
}

/** A database that nobody has migrated. */
async function empty(): Promise<{ ownerUrl: string }> {
  const { ownerUrl } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)}`
  databases.push({
    async drop() {
      await admin`drop database ${admin(name)} with (force)`
      await admin.end()
    },
  })
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  return { ownerUrl: url.href }
}

async function namesIn(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1 })
  const rows = await sql<{ name: string }[]>`select name from pgboss.queue where name not like '\\_\\_%'`
  await sql.end()
  return rows.map(({ name }) => name).sort()
}

test('several at once migrate a new database, where the application is the owner too', async () => {
  const { ownerUrl } = await empty()
  await Promise.all([migrate(ownerUrl), migrate(ownerUrl), migrate(ownerUrl, appRole)])
  expect(await namesIn(ownerUrl)).toEqual([...queueNames].sort())
})

test('a second start changes nothing', async () => {
  const { ownerUrl } = await fresh()
  await migrate(ownerUrl, appRole)
  expect(await namesIn(ownerUrl)).toEqual([...queueNames].sort())
})

test("the application's role makes, changes and empties no table of the queues", async () => {
  const { url } = await fresh()
  const sql = postgres(url, { max: 1 })
  for (const statement of [
    'create table pgboss.own (id int)',
    'drop table pgboss.job_common',
    'truncate pgboss.job',
    'alter table pgboss.job add column own int',
    'delete from pgboss.queue',
    'update pgboss.bam set command = null',
  ])
    await expect(sql.unsafe(statement)).rejects.toThrow(/permission denied|must be owner/)
  await sql.end()
})

test('as that role jobs are put in, one at a time, kept, and taken out', async () => {
  const { url } = await fresh()
  const sql = postgres(url, { max: 1, fetch_types: false })
  const boss = new PgBoss({ db: queueDatabase(sql), schema: queueSchema, migrate: false, schedule: false })
  await boss.start()
  expect(await boss.send('send-due', { text: '"quoted" {and, odd}' })).not.toBeNull()
  expect(await boss.send('send-due')).toBeNull()
  const [job] = await boss.fetch('send-due')
  expect(job?.data).toEqual({ text: '"quoted" {and, odd}' })
  const id = job?.id ?? ''
  expect(await boss.send('send-due')).toBeNull()
  // By this a long job knows that it still has its claim.
  expect(await boss.touch('send-due', [id])).toMatchObject({ affected: 1, settled: [id] })
  await boss.supervise()
  await boss.complete('send-due', [id])
  expect(await boss.send('send-due')).not.toBeNull()
  expect(await boss.fetch('send-due')).toHaveLength(1)
  await boss.stop({ graceful: false })
  await sql.end()
})

test('arrays go to Postgres and back as text, whatever is in them', async () => {
  const { url } = await fresh()
  const sql = postgres(url, { max: 1, fetch_types: false })
  const database = queueDatabase(sql)
  for (const texts of [[], ['a'], ['', null, 'NULL', 'null'], ['a,b', '{', '}', '"', '\\', ' x ', "'"]]) {
    expect(arrayFrom(arrayText(texts))).toEqual(texts)
    const { rows } = await database.executeSql('select $1::text[] as texts', [texts])
    expect(rows).toEqual([{ texts }])
  }
  const id = randomUUID()
  const { rows } = await database.executeSql('select $1::uuid[] as ids, $2::int[] as numbers', [
    [id],
    [1, -2],
  ])
  expect(rows).toEqual([{ ids: [id], numbers: [1, -2] }])
  await sql.end()
})

test('a transaction that fails leaves the connection to the next statement', async () => {
  const { url } = await fresh()
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  const database = queueDatabase(sql)
  await expect(database.executeSql('begin; select 1 / 0; commit')).rejects.toThrow('division by zero')
  const { rows } = await database.executeSql('select $1::int as next', [1])
  expect(rows).toEqual([{ next: 1 }])
  await sql.end()
})

import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '@/db/testing/database'
import type { EmbeddedPostgres } from './embedded-postgres'
import { startTemporaryPostgres } from './temporary'

let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startTemporaryPostgres()
})
afterAll(() => server?.stop())

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

test('the product runs as a role that owns no DDL', async () => {
  await query(server.appUrl(), async (sql) => {
    expect(await sql`select current_user as name`).toEqual([{ name: 'keyturn_app' }])
    await expect(sql`create table t (id int)`).rejects.toMatchObject({ code: '42501' })
  })
})

test('a wrong password is refused', async () => {
  const url = new URL(server.appUrl())
  url.password = 'guess'
  await expect(query(url.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
})

test('text is UTF-8 and sorts by code point, on every machine alike', async () => {
  const rows = await query(
    server.appUrl(),
    (sql) => sql`select v from (values ('é'), ('z'), ('Z'), ('名')) t(v) order by v`,
  )
  expect(rows.map((row) => row.v)).toEqual(['Z', 'z', 'é', '名'])
})

test('after kill -9 the server starts on the same port with every acknowledged row', async () => {
  await query(server.ownerUrl(), (sql) => sql`create table survivors (id int)`)
  await query(server.ownerUrl(), (sql) => sql`insert into survivors select generate_series(1, 100)`)
  const killed = server.child()
  const ended = new Promise((resolve) => killed.once('exit', resolve))
  killed.kill('SIGKILL')
  await ended
  await server.start()
  const [row] = await query(server.ownerUrl(), (sql) => sql`select count(*)::int as n from survivors`)
  expect(row?.n).toBe(100)
})

test('a server that is still running is replaced, not started twice', async () => {
  const leftover = server.child()
  const ended = new Promise((resolve) => leftover.once('exit', resolve))
  await server.start()
  await ended
  expect(await query(server.appUrl(), (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test('each fresh database is migrated and knows nothing of the others', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
  await query(one.ownerUrl, (sql) => sql`create table only_here (id int)`)
  const tables = (url: string) =>
    query(url, (sql) => sql`select tablename from pg_tables where schemaname = 'public'`)
  expect((await tables(one.url)).map((t) => t.tablename)).toContain('only_here')
  const names = (await tables(two.url)).map((t) => t.tablename)
  expect(names).toContain('audit_events')
  expect(names).not.toContain('only_here')
  await Promise.all([one.drop(), two.drop()])
})

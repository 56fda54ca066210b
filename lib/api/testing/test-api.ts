import type postgres from 'postgres'
import { afterAll } from 'vitest'
import type { FreshDatabase } from '@/db/testing/database'
import { testDatabase } from '@/db/testing/setup'
import {
  insertKey,
  insertOrganization,
  insertSigner,
  type TestKey,
  type TestSigner,
} from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'
import { type RunningApi, startApi } from './running-api'

export type TestApi = {
  database: FreshDatabase
  /** The database as its owner. */
  sql: postgres.Sql
  running: RunningApi
  signer: TestSigner
  /** A key of an organization of its own, which is there from the start. */
  key: TestKey
  /** Resolves when the API knows every change that is committed now. */
  caughtUp(): Promise<void>
}

/** A database with one key, and an API that answers for it, for the tests of one file. Await it at the top of the file. */
export async function testApi(
  options: Omit<Parameters<typeof startApi>[0], 'databaseUrl'> = {},
): Promise<TestApi> {
  const { database, owner: sql } = await testDatabase()
  const signer = await insertSigner(sql)
  const key = await insertKey(sql, await insertOrganization(sql))
  const running = await startApi({ databaseUrl: database.url, ...options })
  afterAll(() => running.stop())
  await running.ready()
  const caughtUp = async () => {
    const [row] = await sql`select version from operational_version`
    await until(() => running.keeper.list.version >= Number(row?.version))
  }
  return { database, sql, running, signer, key, caughtUp }
}

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { inject } from 'vitest'
import { databaseName } from '@/lib/launch/embedded-postgres'

export type FreshDatabase = {
  /** Connection of the role that the product runs as. */
  url: string
  /** Connection of the schema's owner, who may do anything. */
  ownerUrl: string
  /** Removes the database; connections that are still open are cut. */
  drop(): Promise<void>
}

/** A migrated, empty database for one test file; call it in `beforeAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { ownerUrl, appUrl } = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(ownerUrl, (sql) => copyTemplate(sql, name))
  return {
    url: inDatabase(appUrl, name),
    ownerUrl: inDatabase(ownerUrl, name),
    drop: () =>
      asOwner(ownerUrl, async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`
      }),
  }
}

async function asOwner(ownerUrl: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

/** Autovacuum may be looking at the template, which the server reports as "object in use". */
async function copyTemplate(sql: postgres.Sql, name: string, attempts = 50): Promise<void> {
  try {
    await sql`create database ${sql(name)} template ${sql(databaseName)}`
  } catch (error) {
    if ((error as { code?: string }).code !== '55006' || attempts === 0) throw error
    await sleep(100)
    await copyTemplate(sql, name, attempts - 1)
  }
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { env } from '@/lib/env'
import { connect } from './connect'
import * as schema from './schema'

export type Database = PostgresJsDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

// Kept on globalThis so that hot reload does not open a new pool with every edit.
const kept = globalThis as unknown as { keyturnPool?: { sql: postgres.Sql; db: Database } }

function pool() {
  if (!kept.keyturnPool) {
    const sql = connect(env().DATABASE_URL, {
      max: 10,
      connect_timeout: 5,
      idle_timeout: 60,
      onnotice: () => {},
      connection: { application_name: 'keyturn', TimeZone: 'UTC', statement_timeout: 15_000 },
    })
    kept.keyturnPool = { sql, db: drizzle(sql, { schema }) }
  }
  return kept.keyturnPool
}

/** The pool through Drizzle; opened at first use. */
export const db = (): Database => pool().db

/** The same pool as plain `postgres`, for what a query builder would only obscure. */
export const rawSql = (): postgres.Sql => pool().sql

/** Ends all connections, waiting for running queries for at most 5 seconds. */
export async function closeDatabase(): Promise<void> {
  await kept.keyturnPool?.sql.end({ timeout: 5 })
  kept.keyturnPool = undefined
}

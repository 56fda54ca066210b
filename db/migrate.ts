import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { ownerConnection } from './owner-connection'
import { grantQueues, installQueues } from './queues'

const lockId = 4_739_201_755

/**
 * Brings the schema up to date and gives the application's role what it may do. Several processes may call
 * this at once: an advisory lock lets one work and the others wait.
 * @param ownerUrl connection of the schema's owner
 * @param appRole role that the product runs as; gets no DDL and may only append to the audit log
 */
export async function migrate(ownerUrl: string, appRole?: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${lockId})`
    await runMigrations(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
    })
    await installQueues(sql)
    if (appRole) await grant(sql, appRole)
  } finally {
    await sql.end()
  }
}

async function grant(sql: postgres.Sql, appRole: string): Promise<void> {
  const role = sql(appRole)
  await sql.begin(async (tx) => {
    await tx`grant usage on schema public to ${role}`
    await tx`grant select, insert, update, delete on all tables in schema public to ${role}`
    await tx`revoke update, delete, truncate on audit_events from ${role}`
    await tx`revoke delete, truncate on audit_heads from ${role}`
    await tx`revoke insert, update, truncate on operational_changes from ${role}`
    await tx`revoke insert, update, delete, truncate on operational_version from ${role}`
    await tx`revoke update, delete, truncate on requests from ${role}`
    await tx`revoke delete, truncate on service_keys, service_key_secrets, service_key_uses from ${role}`
    await tx`revoke delete, truncate on invitations from ${role}`
    const partitions = await tx<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'requests'::regclass`
    for (const { name } of partitions) await tx`revoke all on ${sql(name)} from ${role}`
    await tx`grant execute on function prepare_requests_day(date), drop_requests_before(date) to ${role}`
    await grantQueues(tx, appRole)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ownerUrl, appRole } = ownerConnection(process.env)
  await migrate(ownerUrl, appRole)
}

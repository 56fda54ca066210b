import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/db/migrate'
import { databaseName } from '@/lib/launch/embedded-postgres'
import { appRole } from '@/lib/launch/postgres/databases'
import { startTemporaryPostgres } from '@/lib/launch/temporary'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { ownerUrl: string; appUrl: string }
  }
}

/** One real server for the whole run, with a migrated database that `freshDatabase` copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres()
  try {
    await migrate(server.ownerUrl(), appRole)
    const admin = postgres(server.ownerUrl('postgres'), { max: 1 })
    // A template takes no connections, so that copying it never has to wait for one.
    await admin`alter database ${admin(databaseName)} is_template true allow_connections false`
    await admin.end()
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('testServer', { ownerUrl: server.ownerUrl('postgres'), appUrl: server.appUrl('postgres') })
  return () => server.stop()
}

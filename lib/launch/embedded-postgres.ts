import type { ChildProcess } from 'node:child_process'
import { freePort } from './ports'
import { owner, prepareCluster } from './postgres/cluster'
import { appRole, ensureDatabase } from './postgres/databases'
import { type Settings, startServer, stopServer } from './postgres/server'
import type { Secrets } from './secrets'

export { throwaway } from './postgres/server'

export type EmbeddedPostgres = {
  port: number
  /** The running server, or the last one when it has died. */
  child(): ChildProcess
  /** Connection of the superuser, who owns the schema. */
  ownerUrl(database?: string): string
  /** Connection of the role that the product runs as. */
  appUrl(database?: string): string
  /** Starts the server again on the same port, after a stop or a crash; acknowledged rows are all there. */
  start(): Promise<ChildProcess>
  stop(): Promise<void>
}

export const databaseName = 'keyturn'

/**
 * Starts a real Postgres from the packaged programs, on 127.0.0.1 and a free port, with its files in
 * `<dataDir>/postgres`. The role and the database of the product exist afterwards; their tables do not.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  secrets: Pick<Secrets, 'ownerPassword' | 'appPassword'>,
  settings: Settings = {},
): Promise<EmbeddedPostgres> {
  const cluster = await prepareCluster(dataDir, secrets.ownerPassword)
  const port = await freePort()
  let child = await startServer(cluster, port, settings)
  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const server: EmbeddedPostgres = {
    port,
    child: () => child,
    ownerUrl: (database = databaseName) => url(owner, secrets.ownerPassword, database),
    appUrl: (database = databaseName) => url(appRole, secrets.appPassword, database),
    async start() {
      child = await startServer(cluster, port, settings)
      return child
    },
    stop: () => stopServer(child),
  }
  try {
    await ensureDatabase(server.ownerUrl('postgres'), databaseName, secrets.appPassword)
  } catch (error) {
    await server.stop()
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new Error(`The database in ${dataDir} was made with another secrets.json. Restore that file.`)
  }
  return server
}

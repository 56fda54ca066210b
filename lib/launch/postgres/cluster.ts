import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, serverAccount } from './account'
import { type Binaries, serverBinaries } from './binaries'
import { serverHome } from './home'

export const owner = 'keyturn_owner'

/** A Postgres data directory on disk and what is needed to run it. */
export type Cluster = { account: Account; binaries: Binaries; directory: string; logFile: string }

/** Finds or creates the cluster of a data directory. Its superuser has the given password. */
export async function prepareCluster(dataDir: string, ownerPassword: string): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const account = serverAccount([join(dataDir, 'postgres'), dataDir, dirname(dataDir)])
  const home = serverHome(dataDir, account)
  const cluster = {
    account,
    binaries: serverBinaries(home, account),
    directory: join(home, 'cluster'),
    logFile: join(home, 'server.log'),
  }
  if (!existsSync(cluster.directory)) await initialize(cluster, home, ownerPassword)
  requireSameMajor(cluster.directory)
  return cluster
}

/** initdb works in a directory aside, so that a cluster that exists is a whole one. */
async function initialize(cluster: Cluster, home: string, ownerPassword: string): Promise<void> {
  const unfinished = `${cluster.directory}.unfinished`
  const passwordFile = join(home, 'password')
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, `${ownerPassword}\n`, { mode: 0o600 })
  if (cluster.account.uid !== undefined)
    chownSync(passwordFile, cluster.account.uid, cluster.account.gid ?? -1)
  try {
    await promisify(execFile)(
      cluster.binaries.initdb,
      [
        ['--pgdata', unfinished],
        ['--username', owner],
        ['--pwfile', passwordFile],
        ['--auth', 'scram-sha-256'],
        ['--encoding', 'UTF8'],
        ['--locale', 'C'],
        ['--locale-provider', 'builtin'],
        ['--builtin-locale', 'C.UTF-8'],
        ['--no-sync'],
        ['--no-instructions'],
      ].flat(),
      { ...cluster.account, cwd: '/', env: serverEnvironment() },
    )
  } catch (error) {
    throw new Error(
      `Postgres could not create its data directory: ${(error as { stderr?: string }).stderr ?? error}`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, cluster.directory)
}

function requireSameMajor(directory: string): void {
  const found = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  if (found === '18') return
  throw new Error(
    `${directory} was written by Postgres ${found}, and this release brings 18. Dump and reload it.`,
  )
}

/** None of our own environment: it holds secrets, and locale settings that the packaged server lacks. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

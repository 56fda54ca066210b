import { chmodSync, lstatSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres, throwaway } from './embedded-postgres'
import { removeWithUs } from './reaper'
import { demoSecrets } from './secrets'

/** A data directory for one run; it goes when this process does, however it ends. */
export function temporaryDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyturn-'))
  // When root runs this, the server's own user has to get in.
  chmodSync(dataDir, 0o755)
  removeWithUs(dataDir)
  return dataDir
}

/** Removes what a server kept in a temporary data directory, also where that is a link to elsewhere. */
export function removeTemporary(dataDir: string): void {
  for (const path of [serverFiles(dataDir), dataDir]) if (path) rmSync(path, { recursive: true, force: true })
}

/** A server with an empty database of its own, for tests and benchmarks; its data is not meant to survive. */
export async function startTemporaryPostgres(): Promise<EmbeddedPostgres> {
  const dataDir = temporaryDataDir()
  const server = await startEmbeddedPostgres(dataDir, demoSecrets(dataDir), throwaway)
  const files = serverFiles(dataDir)
  if (files) removeWithUs(files)
  return {
    ...server,
    async stop() {
      await server.stop()
      removeTemporary(dataDir)
    },
  }
}

function serverFiles(dataDir: string): string | undefined {
  const home = join(dataDir, 'postgres')
  return lstatSync(home, { throwIfNoEntry: false }) && realpathSync(home)
}

import { lstatSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, canReach, takeOwnership } from './account'

/**
 * The directory with everything that belongs to the server: `<dataDir>/postgres`. Where that is closed to the
 * server's account, as under a 0700 home of root, it is a link to a directory that is open.
 */
export function serverHome(dataDir: string, account: Account): string {
  const home = join(dataDir, 'postgres')
  const present = lstatSync(home, { throwIfNoEntry: false })
  if (present?.isSymbolicLink()) {
    try {
      return owned(realpathSync(home), account)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      throw new Error(
        `${home} points to a directory that is gone. Restore it, or delete ${dataDir} to start anew.`,
      )
    }
  }
  if (!present && !canReach(account, dataDir)) symlinkSync(openDirectory(account), home)
  else mkdirSync(home, { recursive: true, mode: 0o700 })
  const real = owned(realpathSync(home), account)
  if (canReach(account, real)) return real
  throw new Error(`${home} cannot be read by the user that Postgres runs as. Choose another DATA_DIR.`)
}

function owned(home: string, account: Account): string {
  takeOwnership(account, home)
  return home
}

function openDirectory(account: Account): string {
  for (const parent of ['/var/lib', '/var/tmp', '/tmp']) {
    if (!canReach(account, parent)) continue
    try {
      return mkdtempSync(join(parent, 'keyturn-'))
    } catch {}
  }
  throw new Error('Found no directory in which Postgres could keep its files. Set DATA_DIR to one.')
}

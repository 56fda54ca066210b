import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine } from './process-list'

const fileIn = (dataDir: string) => join(dataDir, 'launcher.pid')

/** The launcher that holds a data directory: none, one that lives, or one that died without letting go. */
export function holder(dataDir: string): { pid: number; alive: boolean } | undefined {
  try {
    const pid = Number(readFileSync(fileIn(dataDir), 'utf8'))
    return { pid, alive: pid !== process.pid && commandLine(pid).includes('lib/launch/') }
  } catch {
    return undefined
  }
}

/** Takes a data directory for this process; two launchers would stop each other's database. */
export function takeLock(dataDir: string): () => void {
  const other = holder(dataDir)
  if (other?.alive)
    throw new Error(
      `Keyturn is already running on ${dataDir} (process ${other.pid}). Stop it, or choose another DATA_DIR.`,
    )
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  writeFileSync(fileIn(dataDir), String(process.pid))
  return () => rmSync(fileIn(dataDir), { force: true })
}

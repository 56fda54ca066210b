import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import postgres from 'postgres'
import { loadCore, pin } from './pin'

const lowestPriority = 19

/**
 * Moves Postgres to the load generator's core, where it gets what the generator leaves over: away from the server,
 * as a database is in production. What it starts later follows. False where that cannot be done.
 */
export async function moveAside(ownerUrl: string): Promise<boolean> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const parent = parentOf(row?.pid ?? 0)
    for (const pid of [parent, ...childrenOf(parent)]) {
      if (!pin(pid, loadCore)) return false
      setPriority(pid, lowestPriority)
    }
    return true
  } catch {
    return false
  } finally {
    await sql.end()
  }
}

/** Field 4 of proc_pid_stat(5), behind the name, which may hold spaces. */
function parentOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return Number(fields[1])
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
}

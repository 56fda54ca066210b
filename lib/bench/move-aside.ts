import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import postgres from 'postgres'
import { loadCore, pin, yieldCore } from './pin'

const lowestPriority = 19

/**
 * Moves Postgres to the load generator's core, where it gets what the generator leaves over: away from the server,
 * as a database is in production. What it starts later follows to the core, but wants to be moved again to give way.
 * False where that cannot be done.
 */
export async function moveAside(ownerUrl: string): Promise<boolean> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const parent = parentOf(row?.pid ?? 0)
    const children = childrenOf(parent)
    for (const each of children) yieldAsSession(each)
    return [parent, ...children].every((each) => pin(each, loadCore) && yieldCore(each))
  } catch {
    return false
  } finally {
    await sql.end()
  }
}

/** Each child of Postgres is a session, and Linux may share a core evenly between sessions (autogroup in sched(7)). */
function yieldAsSession(pid: number): void {
  const file = `/proc/${pid}/autogroup`
  if (existsSync(file)) writeFileSync(file, String(lowestPriority))
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

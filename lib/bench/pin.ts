import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Core of the servers, and core of the load generator. */
export const serverCore = 0
export const loadCore = 1

/** Whether processes can be kept on one core here (Linux with `taskset` and `chrt`, and two cores or more). */
export function canPin(): boolean {
  const commands = ['taskset', 'chrt']
  return availableParallelism() > 1 && commands.every((name) => spawnSync(name, ['--version']).status === 0)
}

/** Keeps all threads of a running process on `core`; true when that worked. */
export function pin(pid: number, core: number): boolean {
  return spawnSync('taskset', ['-acp', String(core), String(pid)]).status === 0
}

/** Keeps one thread on `core`. */
export function pinThread(thread: number, core: number): boolean {
  return spawnSync('taskset', ['-cp', String(core), String(thread)]).status === 0
}

/** Lets a process or thread run only while nobody else of its session wants the core; true when that worked. */
export function yieldCore(id: number): boolean {
  return spawnSync('chrt', ['--idle', '--pid', '0', String(id)]).status === 0
}

/** The threads of a process that have this name; none where the system does not tell (not Linux). */
export function threadsNamed(pid: number, name: string): number[] {
  const directory = `/proc/${pid}/task`
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((thread) => readFileSync(`${directory}/${thread}/comm`, 'utf8').trim() === name)
    .map(Number)
}

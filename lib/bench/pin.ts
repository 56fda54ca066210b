import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Core of the servers, and core of the load generator. */
export const serverCore = 0
export const loadCore = 1

/** Whether processes can be kept on one core here (Linux with `taskset` and two cores or more). */
export function canPin(): boolean {
  return availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0
}

/** Keeps all threads of a running process on `core`; true when that worked. */
export function pin(pid: number, core: number): boolean {
  return spawnSync('taskset', ['-acp', String(core), String(pid)]).status === 0
}

import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

/**
 * Processor time that a process, or one of its threads, has used so far, in seconds; NaN where the system does not
 * tell (not Linux).
 */
export function cpuSeconds(pid: number, thread?: number): number {
  try {
    const directory = thread === undefined ? `/proc/${pid}` : `/proc/${pid}/task/${thread}`
    // After the name, which may hold spaces: fields 14 and 15 of proc_pid_stat(5).
    const fields = readFileSync(`${directory}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return Number.NaN
  }
}

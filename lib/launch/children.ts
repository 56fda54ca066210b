import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { endWithUs } from './reaper'

/** The checkout's directory, which every child works in. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

const stopTimeoutMs = 15_000

/**
 * Starts a program on the Node that runs us.
 * @param log file that its output is appended to, or "inherit" to show it in our terminal
 * @param channel "ipc" for who sends messages
 */
export function startNode(
  args: string[],
  env: NodeJS.ProcessEnv,
  log: string,
  channel: 'ipc' | 'ignore' = 'ignore',
): ChildProcess {
  const output = log === 'inherit' ? 'inherit' : openSync(log, 'a', 0o600)
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    // A group of its own: Ctrl-C reaches only the launcher, which then stops everything in order.
    detached: true,
    stdio: ['ignore', output, output, channel],
  })
  if (typeof output === 'number') closeSync(output)
  endWithUs(child)
  return child
}

/** Runs a program to its end; throws with the end of its output when it fails. */
export async function runNode(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endWithUs(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${name} failed:\n${output.trim()}`)
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined
}

/** Resolves with what ended it: an exit code or a signal's name. */
export function ended(child: ChildProcess): Promise<string> {
  const how = () => child.signalCode ?? `exit code ${child.exitCode}`
  if (hasEnded(child)) return Promise.resolve(how())
  return new Promise((resolve) => {
    child.once('exit', () => resolve(how()))
    child.once('error', (error) => resolve(error.message))
  })
}

/** Asks a child to finish, and insists after a while. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), stopTimeoutMs)
  signalGroup(child, 'SIGTERM')
  await ended(child)
  clearTimeout(insist)
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

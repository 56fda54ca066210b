import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./reaper-process.mjs', import.meta.url))
const watched = new Map<number, NodeJS.Signals>()
const paths = new Set<string>()
let reaper: ChildProcess | undefined

/** Has a child ended with `signal` if this process dies without ending it, even by `kill -9`. */
export function endWithUs(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  const { pid } = child
  if (pid === undefined) return
  watched.set(pid, signal)
  tell({ watch: pid, signal })
  child.once('exit', () => {
    watched.delete(pid)
    tell({ forget: pid })
  })
}

/** Has a directory removed when this process has ended, after its children. */
export function removeWithUs(path: string): void {
  paths.add(path)
  tell({ remove: path })
}

function tell(message: object): void {
  if (!reaper) start()
  reaper?.stdin?.write(`${JSON.stringify(message)}\n`)
}

function start(): void {
  const started = spawn(process.execPath, [program], {
    cwd: '/',
    detached: true,
    env: { NODE_ENV: process.env.NODE_ENV },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  reaper = started
  started.stdin?.on('error', () => {})
  started.once('exit', (_code, signal) => {
    if (!signal) return
    start()
    for (const [pid, signal] of watched) tell({ watch: pid, signal })
    for (const path of paths) tell({ remove: path })
  })
  // Its pipe closes when we exit, which is its cue; until then it must not keep us running.
  started.unref()
  const pipe = started.stdin
  if (pipe && 'unref' in pipe) (pipe as unknown as { unref(): void }).unref()
}

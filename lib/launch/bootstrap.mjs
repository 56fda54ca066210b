import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, runtimeNode } from './install.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Installs what is missing, then becomes `program` on Node 24: same terminal, same signals, same exit code. */
export async function run(program) {
  try {
    await ensureInstalled(root)
    const child = spawn(runtimeNode(root), ['--import', 'tsx', program, ...process.argv.slice(2)], {
      cwd: root,
      // The channel closes when this process dies, even by `kill -9`, and then the program stops.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    stopWithoutNpm(child)
    child.once('error', fail)
    child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
  } catch (error) {
    fail(error)
  }
}

/** npm and its shell die of a signal without passing it on; nobody could stop us then. */
function stopWithoutNpm(child) {
  if (!process.env.npm_lifecycle_event) return
  const callers = () => `${process.ppid} ${parentOf(process.ppid)}`
  const before = callers()
  const watch = setInterval(() => {
    if (callers() === before) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 500)
}

/** Only Linux tells; elsewhere the shell of npm becomes our program, and its parent is ours. */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]
  } catch {
    return undefined
  }
}

function fail(error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Starts a TypeScript program that talks with this one by messages; it is told `first`, and says when it is ready. */
export async function startChild(file: string, first?: object): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  child.once('exit', (code) => {
    if (code) throw new Error(`${file} ended with ${code}`)
  })
  const ready = once(child, 'message')
  if (first) child.send(first)
  await ready
  return child
}

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ended, root, stopChild } from './children'
import { isAlive } from './process-list'
import { type Supervised, supervise } from './supervise'

const names = { name: 'sleeper', label: 'sleeper' }
let lines: string[]
let sleeper: Supervised

beforeEach(() => {
  lines = []
  const start = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
  sleeper = supervise(names, start, stopChild, (line) => lines.push(line))
})
afterEach(() => sleeper.stop())

const pidOf = (supervised: Supervised, not?: number) =>
  vi.waitUntil(() => supervised.pid() !== not && supervised.pid(), { timeout: 30_000 })

test('a process that was killed comes back, and the terminal says so', async () => {
  sleeper.start()
  const first = await pidOf(sleeper)
  process.kill(first, 'SIGKILL')
  const second = await pidOf(sleeper, first)
  expect(isAlive(second)).toBe(true)
  expect(sleeper.failures()).toBe(1)
  expect(lines).toEqual(['The sleeper stopped (SIGKILL); starting it again.'])
})

test('a process that was stopped stays down until it is started', async () => {
  sleeper.start()
  const first = await pidOf(sleeper)
  await sleeper.stop()
  expect(isAlive(first)).toBe(false)
  expect(sleeper.pid()).toBeUndefined()
  sleeper.start()
  expect(await pidOf(sleeper)).not.toBe(first)
  expect(lines).toEqual([])
})

test('stopping interrupts the pause before the next attempt', async () => {
  const broken = supervise(
    names,
    () => spawn(process.execPath, ['-e', 'process.exit(3)']),
    stopChild,
    (line) => lines.push(line),
  )
  broken.start()
  await vi.waitUntil(() => broken.failures() >= 2, { timeout: 30_000 })
  await broken.stop()
  expect(lines[1]).toBe('The sleeper stopped (exit code 3); starting it again in 0.5 s.')
})

test('what a launcher started ends with it, and its temporary files go, even after kill -9', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'reaper-'))
  const program = `
    import { startNode } from '@/lib/launch/children'
    import { temporaryDataDir } from '@/lib/launch/temporary'
    const child = startNode(['-e', 'setInterval(() => {}, 1000)'], process.env, ${JSON.stringify(join(directory, 'log'))})
    console.log(JSON.stringify({ pid: child.pid, dataDir: temporaryDataDir() }))
    setInterval(() => {}, 1000)`
  const launcher = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
  })
  const output = await new Promise<string>((resolve) =>
    launcher.stdout.once('data', (data) => resolve(String(data))),
  )
  const { pid, dataDir } = JSON.parse(output) as { pid: number; dataDir: string }
  expect(isAlive(pid)).toBe(true)
  launcher.kill('SIGKILL')
  await ended(launcher)
  await vi.waitUntil(() => !isAlive(pid), { timeout: 30_000 })
  await vi.waitUntil(() => !existsSync(dataDir), { timeout: 30_000 })
  rmSync(directory, { recursive: true })
})

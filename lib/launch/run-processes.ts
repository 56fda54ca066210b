import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startNode, stopChild } from './children'
import type { Cleanup } from './cleanup'
import type { ProcessSpec } from './processes'
import { say } from './progress.mjs'
import { type Supervised, supervise } from './supervise'

const readyTimeoutMs = 120_000

/** A supervised process that can be asked whether it works. */
export type Running = Supervised & { untilReady(): Promise<void> }

/**
 * Starts processes that stay up until `cleanup` ends them.
 * @param logDirectory where each writes `<name>.log`; absent, their output goes to the terminal
 */
export function runProcesses(
  specs: ProcessSpec[],
  env: NodeJS.ProcessEnv,
  cleanup: Cleanup,
  logDirectory?: string,
): Running[] {
  return specs.map((spec) => {
    const log = logDirectory ? join(logDirectory, `${spec.name}.log`) : 'inherit'
    let hasSaidSo = false
    const spawn = () => {
      hasSaidSo = false
      const child = startNode(spec.args, env, log, spec.ready === 'says so' ? 'ipc' : 'ignore')
      return child.on('message', (message) => {
        if (message === 'ready') hasSaidSo = true
      })
    }
    const supervised = supervise(spec, spawn, stopChild, say)
    cleanup.add(() => supervised.stop())
    supervised.start()
    const isReady = async () => (spec.ready === 'says so' ? hasSaidSo : answers(spec.ready))
    return { ...supervised, untilReady: () => untilReady(spec, isReady, supervised, log) }
  })
}

async function untilReady(
  spec: ProcessSpec,
  isReady: () => Promise<boolean>,
  supervised: Supervised,
  log: string,
): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs
  const failuresBefore = supervised.failures()
  while (!(await isReady())) {
    if (supervised.failures() === failuresBefore && Date.now() < deadline) {
      await sleep(50)
      continue
    }
    throw new Error(`The ${spec.label} does not start.${log === 'inherit' ? '' : `\n${endOf(log)}`}`)
  }
}

async function answers({ url, isReady }: Exclude<ProcessSpec['ready'], string>): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
    await response.body?.cancel()
    return isReady(response.status)
  } catch {
    return false
  }
}

function endOf(log: string): string {
  return `The end of ${log}:\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')}`
}

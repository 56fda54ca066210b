import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { lockDueKeys } from '@/lib/organization-keys/due-keys'
import { issue } from '@/lib/organization-keys/issue'
import { replaceDue } from '@/lib/organization-keys/replace-due'
import { reveal } from '@/lib/organization-keys/reveal'
import { fillOrganizationKeys } from '@/lib/organization-keys/testing/fill'
import { authzRequest } from './calls'
import { startChild } from './children'
import { moveAside } from './move-aside'
import { measureNoticeSweeps } from './notice-sweeps'
import type { PacedLoadAnswer } from './paced-load'
import { loadCore, pin, yieldCore } from './pin'
import { ready, startServer } from './servers'
import { median } from './statistics'
import { besideTheSweep, memoryOfSweeping, type Round } from './sweep-words'
import type { SweptBatch } from './sweeper'
import { perSecondOf, timeOf } from './time-of'

const count = 1_000_000
const due = 100_000
const callers = 200
const perSecond = 500
const rounds = 8
const roundMs = 4_000
const settleMs = 500
const findings = 20

/**
 * A million organizations with a key each, a tenth of them due: how fast they are found and replaced, what that takes
 * of memory, and what an API process under a constant load notices of it.
 */
export async function measureSweep(ownerUrl: string, pinned: boolean): Promise<void> {
  const filledIn = await timeOf(() => fill(ownerUrl))
  const tokens = await secrets()
  console.log(
    `\nSweep of ${count} organization keys, ${due} of them due; filled in ${(filledIn / 1000).toFixed(1)} s.`,
  )
  await measureFinding()
  await measureBeside(ownerUrl, tokens, pinned)
  await measureNoticeSweeps(ownerUrl)
}

async function fill(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  await fillOrganizationKeys(sql, { count, due, now: new Date() })
  await sql.end()
}

/** Of organizations beside, whose keys are not due. */
async function secrets(): Promise<string[]> {
  const all: string[] = []
  for (let n = 0; n < callers; n++) {
    const organizationId = await createOrganization({ name: `Caller ${n}` })
    const admin = await createMember(organizationId, { email: `caller${n}@example.com`, role: 'admin' })
    const issued = await issue({}, admin)
    if (!issued.ok) throw new Error(issued.reason)
    const revealed = await reveal(issued.value, { ...admin, steppedUpAt: new Date() })
    if (!revealed.ok) throw new Error(revealed.reason)
    all.push(revealed.value.secret)
  }
  return all
}

async function measureFinding(): Promise<void> {
  const before = new Date(Date.now() - 30 * 86_400_000)
  const nothing: number[] = []
  for (let n = 0; n < findings; n++) nothing.push(await timeOf(() => replaceDue(before)))
  const everything = await timeOf(async () => {
    const found = await db().transaction((tx) => lockDueKeys(tx, new Date(), due))
    if (found.length !== due) throw new Error(`${found.length} keys are due instead of ${due}`)
  })
  console.log(
    `Finding, when nothing is due: ${median(nothing).toFixed(2)} ms, ${perSecondOf(count, median(nothing))} keys/s looked through. ` +
      `Finding and locking all that is due: ${perSecondOf(due, everything)} keys/s.`,
  )
}

/** Idle and beside the sweep, turn by turn. */
async function measureBeside(ownerUrl: string, tokens: readonly string[], pinned: boolean): Promise<void> {
  const api = await startServer('lib/api/main.ts', { LOG_LEVEL: 'warn', REQUEST_LOG: 'off' }, pinned)
  await ready(api.port)
  const requests = tokens.map((token) => authzRequest(token).toString('latin1'))
  const load = await startChild('lib/bench/paced-load.ts', { port: api.port, perSecond, requests })
  const sweeper = await startChild('lib/bench/sweeper.ts')
  const batches: SweptBatch[] = []
  sweeper.on('message', (batch: SweptBatch) => batches.push(batch))
  sweeper.send('sweep')
  await callFor(load, roundMs)
  sweeper.send('rest')
  // Not before the backend that sweeps is there.
  const isAside = pinned && moveSweeper(sweeper) && (await moveAside(ownerUrl))

  const measured: Record<'idle' | 'sweep', Round[]> = { idle: [], sweep: [] }
  for (let round = 0; round < rounds; round++)
    for (const way of round % 2 === 0 ? (['idle', 'sweep'] as const) : (['sweep', 'idle'] as const)) {
      sweeper.send(way === 'sweep' ? 'sweep' : 'rest')
      await sleep(settleMs)
      const latencies = await callFor(load, roundMs)
      sweeper.send('rest')
      await sleep(settleMs)
      measured[way].push(latencies)
    }
  console.log(
    isAside
      ? '\nPostgres and the sweeping process have what the load generator leaves over of its core.'
      : '\nPostgres and the sweeping process run wherever there is room.',
  )
  console.log(besideTheSweep(measured, perSecond))
  console.log(memoryOfSweeping(batches))
  load.kill()
  sweeper.kill()
  await api.stop()
}

function moveSweeper({ pid = 0 }: ChildProcess): boolean {
  return pin(pid, loadCore) && yieldCore(pid)
}

async function callFor(load: ChildProcess, durationMs: number): Promise<number[]> {
  const answered = once(load, 'message')
  load.send({ durationMs })
  const [{ latenciesMs }] = (await answered) as [PacedLoadAnswer]
  return latenciesMs
}

import { constants, setPriority } from 'node:os'
import { replaceDue } from '@/lib/organization-keys/replace-due'
import { untilNone } from '@/lib/worker/sweep'

/** What the parent says: whether to go on. */
export type SweeperOrder = 'sweep' | 'rest'
/** What is said of each batch; of none when nothing is due any more. Bytes are after what was garbage. */
export type SweptBatch = { replaced: number; ms: number; heapBytes: number; residentBytes: number }

// As the worker (lib/worker/main.ts).
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
let resting = new AbortController()
let sweeping: Promise<unknown> = Promise.resolve()

/** A process that sweeps as the worker does, as long as it is told to. */
process.on('message', (order: SweeperOrder) => {
  resting.abort()
  resting = new AbortController()
  const { signal } = resting
  if (order === 'sweep') sweeping = sweeping.then(() => untilNone(measuredBatch)(signal)).catch(say)
})
process.send?.('ready')

async function measuredBatch(now: Date): Promise<number> {
  const startedAt = performance.now()
  const replaced = await replaceDue(now)
  const ms = performance.now() - startedAt
  global.gc?.()
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage()
  process.send?.({ replaced, ms, heapBytes, residentBytes } satisfies SweptBatch)
  return replaced
}

/** As for the worker, whose next minute tries it again. */
function say(error: unknown): void {
  console.error('A batch failed:', error instanceof Error ? (error.cause ?? error.message) : error)
}

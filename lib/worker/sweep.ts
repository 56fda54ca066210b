import { setTimeout as sleep } from 'node:timers/promises'

/** Does what is due now, in batches, and ends with the batch that it is at when it is told to. Answers how much it did. */
export type Sweep = (signal: AbortSignal) => Promise<number>

const longestRestMs = 250

/**
 * Batches until there is nothing left to do. After each the database is left to others for as long as it took: who
 * calls the API is not to notice that very much is due.
 */
export function untilNone(batch: (now: Date, signal: AbortSignal) => Promise<number>): Sweep {
  return async (signal) => {
    let sum = 0
    while (!signal.aborted) {
      const began = performance.now()
      const done = await batch(new Date(), signal)
      if (done === 0) break
      sum += done
      const restMs = Math.min(longestRestMs, performance.now() - began)
      await sleep(restMs, undefined, { signal }).catch(() => {})
    }
    return sum
  }
}

/** The same of a verb that does in many batches what one look has found. */
export function untilNoneFound(batch: (now: Date, batches: { found: string[] }) => Promise<number>): Sweep {
  return (signal) => {
    const found: string[] = []
    return untilNone((now) => batch(now, { found }))(signal)
  }
}

/** One after another; one that fails keeps none of the others from being done. */
export function inTurn(sweeps: readonly Sweep[]): Sweep {
  return async (signal) => {
    let sum = 0
    const errors: unknown[] = []
    for (const sweep of sweeps)
      try {
        sum += await sweep(signal)
      } catch (error) {
        errors.push(error)
      }
    if (errors.length > 0) throw errors[0]
    return sum
  }
}

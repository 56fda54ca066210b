import { performance } from 'node:perf_hooks'

/**
 * Holds this thread until another one has counted up to `number`, for at most `withinMs`. A count on the way there,
 * which an earlier wait gave up on, wakes it and is not enough.
 */
export function waitForCount(counts: Int32Array, place: number, number: number, withinMs: number): void {
  const end = performance.now() + withinMs
  for (;;) {
    const count = Atomics.load(counts, place)
    const restMs = end - performance.now()
    if (count >= number || restMs <= 0) return
    Atomics.wait(counts, place, count, restMs)
  }
}

import { tableOf } from './report'
import { median, percentile } from './statistics'
import type { SweptBatch } from './sweeper'
import { perSecondOf } from './time-of'

/** Latencies in milliseconds; rounds of both ways stand beside each other by their index. */
export type Round = number[]

export function besideTheSweep(
  { idle, sweep }: Record<'idle' | 'sweep', Round[]>,
  perSecond: number,
): string {
  const p99 = (latencies: Round) => percentile(Float64Array.from(latencies).sort(), 0.99)
  const rowOf = (name: string, rounds: Round[]) => {
    const latencies = Float64Array.from(rounds.flat()).sort()
    const of = (part: number) => percentile(latencies, part).toFixed(2)
    return [name, of(0.5), of(0.99), of(0.999), median(rounds.map(p99)).toFixed(2)]
  }
  const ratios = sweep.map((latencies, round) => p99(latencies) / p99(idle[round] ?? []))
  return (
    `An API process under ${perSecond} calls/s, timed from the moment at which each was to be sent; ${idle.length} interleaved rounds\n` +
    tableOf([
      ['', 'p50 ms', 'p99 ms', 'p99.9 ms', 'median p99 of a round'],
      rowOf('idle', idle),
      rowOf('beside the sweep', sweep),
    ]) +
    `\nA round's p99 beside the sweep, of its idle neighbour's: median ${median(ratios).toFixed(2)} ` +
    `(${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`
  )
}

export function memoryOfSweeping(batches: readonly SweptBatch[]): string {
  const done = batches.filter(({ replaced }) => replaced > 0)
  const [first, last] = [done[0], done.at(-1)]
  if (!first || !last) throw new Error('nothing was replaced')
  const [replaced, ms] = [sum(done.map((batch) => batch.replaced)), sum(done.map((batch) => batch.ms))]
  const grown = (bytes: 'heapBytes' | 'residentBytes') =>
    `${megabytes(first[bytes])} to ${megabytes(last[bytes])}`
  return (
    `Replaced ${replaced} keys in ${done.length} batches: ${perSecondOf(replaced, ms)} keys/s while at it, ` +
    `${median(done.map((batch) => batch.ms)).toFixed(0)} ms a batch. Memory of the sweeping process, from the first ` +
    `batch to the last: heap ${grown('heapBytes')}, resident ${grown('residentBytes')}.`
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

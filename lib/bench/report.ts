import type { Load } from './load'
import { median, percentile } from './statistics'

/** One load a round; rounds of different scenarios stand beside each other by their index. */
export type Samples = (Load & { cpuSeconds: number })[]

export const headings = ['', 'req/s', 'of bare', 'p50 ms', 'p99 ms', 'server µs/req']

/** The median of all rounds, and the median of each round's ratio to its neighbour in `baseline`. */
export function rowOf(name: string, samples: Samples, baseline: Samples): string[] {
  const ratios = samples.map(
    (sample, round) => sample.requestsPerSecond / (baseline[round]?.requestsPerSecond ?? Number.NaN),
  )
  const latencies = Float64Array.from(samples.flatMap((sample) => [...sample.latenciesMs])).sort()
  return [
    name,
    Math.round(median(samples.map((sample) => sample.requestsPerSecond))).toString(),
    median(ratios).toFixed(2),
    percentile(latencies, 0.5).toFixed(2),
    percentile(latencies, 0.99).toFixed(2),
    ((1e6 * sum(samples, 'cpuSeconds')) / sum(samples, 'requests')).toFixed(1),
  ]
}

function sum(samples: Samples, what: 'cpuSeconds' | 'requests'): number {
  return samples.reduce((total, sample) => total + sample[what], 0)
}

/** @param rows the first one says how many columns there are */
export function tableOf(rows: string[][]): string {
  const [first = []] = rows
  const widths = first.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const padded = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => row.map(padded).join('  ')).join('\n')
}

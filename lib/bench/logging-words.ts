import type { Samples } from './report'
import { median, percentile } from './statistics'

type Part = 'main' | 'logThread' | 'postgres' | 'generator'

/** Processor time until the rows are in: of the process, and of those who share the two cores. */
export type LoggingSample = Samples[number] & { partsSeconds: Record<Part, number> }

type Both = { off: readonly LoggingSample[]; on: readonly LoggingSample[] }

export function comparison({ off, on }: Both): string {
  const pairs = on.map((sample, round) => ({ on: sample, off: off[round] ?? sample }))
  const throughput = pairs.map((pair) => pair.on.requestsPerSecond / pair.off.requestsPerSecond)
  const perRequest = (sample: LoggingSample) => sample.cpuSeconds / sample.requests
  const processor = pairs.map((pair) => perRequest(pair.on) / perRequest(pair.off))
  return (
    `Logging costs ${percent(1 - median(throughput))} of the throughput (${range(throughput.map((x) => 1 - x))}) and ` +
    `${percent(median(processor) - 1)} more processor time of the process (${range(processor.map((x) => x - 1))}); ` +
    'half of the rounds lie within the brackets.'
  )
}

/** Where a call's processor time goes. */
export function whatACallTakes({ off, on }: Both): string {
  const of = (samples: readonly LoggingSample[], part: Part) =>
    (1e6 * median(samples.map((sample) => sample.partsSeconds[part] / sample.requests))).toFixed(1)
  return (
    `A call takes the main thread ${of(off, 'main')} µs without and ${of(on, 'main')} µs with logging; the thread that ` +
    `logs ${of(on, 'logThread')} µs, Postgres ${of(on, 'postgres')} µs for its row, and the load generator ` +
    `${of(off, 'generator')} and ${of(on, 'generator')} µs.`
  )
}

function range(values: readonly number[]): string {
  const sorted = Float64Array.from(values).sort()
  return `${percent(percentile(sorted, 0.25))} to ${percent(percentile(sorted, 0.75))}`
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`
}

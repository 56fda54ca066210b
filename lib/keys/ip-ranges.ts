import { AddressRanges, parseRange, type Span, spanOf } from '@/lib/network/address-ranges'
import { canonicalAddress, type Family } from '@/lib/network/ip-address'
import { mostRanges, problemOf, type RangeProblem } from './range-problem'

export { mostRanges, type RangeProblem, rangeProblemText } from './range-problem'

export type RangeReading = { ok: true; range: string } | { ok: false; problem: RangeProblem }

/** Reads one range or one address, with blanks around it, as canonical CIDR: `10.0.0.1` is `10.0.0.1/32`. */
export function readRange(text: string): RangeReading {
  const trimmed = text.trim()
  const range = parseRange(trimmed)
  if (range) return { ok: true, range: `${range.address}/${range.prefix}` }
  return { ok: false, problem: problemOf(trimmed) }
}

/** `line` counts from 1. */
export type LineProblem = { line: number; text: string; problem: RangeProblem }

/** Reads one range a line. Blank lines count for nothing, and neither does a range in another spelling. */
export function readRanges(text: string): { ranges: string[]; problems: LineProblem[] } {
  const ranges = new Set<string>()
  const problems: LineProblem[] = []
  for (const [index, lineText] of text.split(/\r\n|\r|\n/).entries()) {
    if (lineText.trim() === '') continue
    const reading = readRange(lineText)
    const isTooMany = reading.ok && ranges.size >= mostRanges && !ranges.has(reading.range)
    if (reading.ok && !isTooMany) ranges.add(reading.range)
    else {
      const problem = reading.ok ? ({ rule: 'too-many' } as const) : reading.problem
      problems.push({ line: index + 1, text: lineText.trim(), problem })
    }
    if (problems.length === mostRanges || isTooMany) break
  }
  return { ranges: [...ranges], problems }
}

/** Whether every address that `inner` lets in, `outer` lets in too. No range at all lets in any address. */
export function covers(outer: readonly string[], inner: readonly string[]): boolean {
  const whole = spansOf(outer)
  return [...spansOf(inner)].every(([family, spans]) =>
    spans.every((span) => isCovered(span, whole.get(family) ?? [])),
  )
}

/** Whether a range holds every address of its family. */
export function isEveryone(range: string): boolean {
  return parseRange(range)?.prefix === 0
}

/** Whether a key with these ranges can be used from the address, however that is written. */
export function includes(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true
  const canonical = canonicalAddress(address)
  return canonical !== null && addressRanges(ranges).has(canonical)
}

/** The set that calls are checked against. A text that is no range holds nobody. */
export function addressRanges(ranges: readonly string[]): AddressRanges {
  return new AddressRanges(ranges.flatMap((range) => parseRange(range) ?? []))
}

function spansOf(ranges: readonly string[]): Map<Family, Span[]> {
  const spans = new Map<Family, Span[]>()
  for (const range of (ranges.length > 0 ? ranges : ['0.0.0.0/0', '::/0']).map(parseRange))
    if (range) spans.set(range.family, [...(spans.get(range.family) ?? []), spanOf(range)])
  return spans
}

/** Several ranges side by side may cover one that none of them covers alone. */
function isCovered({ first, last }: Span, spans: readonly Span[]): boolean {
  let covered = first - 1n
  for (const span of spans.toSorted((a, b) => (a.first < b.first ? -1 : 1)))
    if (span.first <= covered + 1n && span.last > covered) covered = span.last
  return covered >= last
}

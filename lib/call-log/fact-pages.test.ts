import { expect, test } from 'vitest'
import { type Form, readFacts } from './call-facts'
import { callLog } from './call-log'
import type { FactPage } from './fact-page'
import { FactPages } from './fact-pages'
import { callOf } from './testing/call'

function namesOf(pages: readonly FactPage[]): string[] {
  const names: string[] = []
  const reader = {
    call: (call: { id: string }) => void names.push(call.id),
    otherLine: (line: string) => void names.push(line),
  }
  for (const page of pages) readFacts(page.written, reader)
  return names
}

test('everything is handed over once and in order, also a line that is longer than a page', () => {
  const handedOn: FactPage[] = []
  const pages = new FactPages((page) => handedOn.push(page))
  const expected: string[] = []
  for (let i = 0; i < 3_000; i++) {
    pages.record(callOf({ id: `req_${i}` }), 'line')
    const line = `${'€'.repeat(i === 1_000 ? 100_000 : i % 50)}\n`
    pages.write(line)
    expected.push(`req_${i}`, line)
  }
  pages.handOver()
  pages.handOver()
  expect(namesOf(handedOn)).toEqual(expected)
})

test('a page is handed over with the number of its rows', () => {
  const rows: number[] = []
  const pages = new FactPages((_, rowsOfPage) => rows.push(rowsOfPage))
  for (const forms of [['line', 'row', 'both'], ['line'], ['row']] as const) {
    for (const form of forms) pages.record(callOf(), form)
    pages.handOver()
  }
  expect(rows).toEqual([2, 0, 1])
})

test('a page that came back is used again', () => {
  const used = new Set<ArrayBuffer>()
  const pages = new FactPages((page) => {
    used.add(page.buffer)
    pages.giveBack(page.buffer)
  })
  for (let i = 0; i < 10_000; i++) pages.record(callOf(), 'line')
  expect(used.size).toBeLessThan(3)
})

test('no page gets lost beside a line that is longer than a page', () => {
  const used = new Set<ArrayBuffer>()
  const pages = new FactPages((page) => {
    if (page.buffer.byteLength === 65_536) used.add(page.buffer)
    pages.giveBack(page.buffer)
  })
  for (let i = 0; i < 100; i++) {
    pages.record(callOf(), 'line')
    pages.write(`${'x'.repeat(100_000)}\n`)
    if (i % 2 > 0) pages.handOver()
  }
  expect(used.size).toBeLessThan(3)
})

test('while nothing comes back memory stays bounded; what finds no room is counted, until there is room again', () => {
  const handedOn: FactPage[] = []
  const pages = new FactPages((page) => handedOn.push(page), 4 * 65_536)
  for (let i = 0; i < 10_000; i++) pages.record(callOf({ id: `req_${i}` }), 'row')
  expect(pages.hasRoom).toBe(false)
  expect(handedOn).toHaveLength(4)
  for (const page of handedOn.splice(0, 1)) pages.giveBack(page.buffer)
  expect(pages.hasRoom).toBe(true)
  pages.record(callOf({ id: 'req_last' }), 'row')
  pages.handOver()
  const lost = pages.takeLost()
  expect(lost).toBeGreaterThan(5_000)
  expect(pages.takeLost()).toBe(0)
  expect(namesOf(handedOn).at(-1)).toBe('req_last')
})

test('only what somebody wants of a call is recorded', () => {
  const wanted: Form[] = []
  const pages = { record: (_: unknown, form: Form) => void wanted.push(form) }
  for (const [lines, rows] of [
    [true, true],
    [true, false],
    [false, true],
  ] as const) {
    const log = callLog(pages, { lines, rows })
    log?.record(callOf(), true)
    log?.record(callOf(), false)
  }
  expect(wanted).toEqual(['both', 'line', 'line', 'line', 'row'])
  expect(callLog(pages, { lines: false, rows: false })).toBeNull()
})

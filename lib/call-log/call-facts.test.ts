import { expect, test } from 'vitest'
import { appendCall, appendOtherLine, type Form, longestFactsBytes, readFacts } from './call-facts'
import type { CallRecord } from './call-record'
import { FactPage } from './fact-page'
import { callOf, hostileTexts } from './testing/call'

type Told = [CallRecord, Form] | string

function pageWith(write: (page: FactPage) => void): Uint8Array {
  const page = new FactPage(new ArrayBuffer(longestFactsBytes))
  write(page)
  return page.written
}

function told(written: Uint8Array): Told[] {
  const all: Told[] = []
  readFacts(written, {
    call: (call, form) => all.push([call, form]),
    otherLine: (line) => all.push(line),
  })
  return all
}

const calls: [string, Partial<CallRecord>][] = [
  ['that was allowed', {}],
  ['without a key', { key: null, code: 'OK' }],
  ['with an id of the customer', { customerRequestId: 'order 1' }],
  ['with an empty id', { customerRequestId: '' }],
  ['with a part of a millisecond', { at: 1_795_437_851_007.25 }],
  ['with the largest numbers', { at: 8.64e15, status: 4_294_967_295, durationUs: 2_147_483_647 }],
  ['with zeros', { at: 0, status: 0, durationUs: 0 }],
]

test.each(calls)('a call %s comes out as it went in', (_, changes) => {
  const call = callOf(changes)
  for (const form of ['line', 'row', 'both'] as const)
    expect(told(pageWith((page) => appendCall(page, call, form)))).toEqual([[call, form]])
})

test.each([...hostileTexts, '\ud83d', 'é', 'x\u0100', '€'.repeat(600)])(
  'the text %j comes out unit by unit, as far as it is kept',
  (text) => {
    const call = callOf({ path: text, method: text, address: text, customerRequestId: text })
    const [[found]] = told(pageWith((page) => appendCall(page, call, 'line'))) as [[CallRecord, Form]]
    const { path, customerRequestId, method, address } = found
    expect([path, customerRequestId]).toEqual([text.slice(0, 512), text.slice(0, 512)])
    expect([method, address]).toEqual([text.slice(0, 64), text.slice(0, 64)])
  },
)

test('the longest facts find room', () => {
  const text = '😀'.repeat(1_000)
  const longest = callOf({
    ...{ id: text, customerRequestId: text, code: text, method: text, path: text, address: text },
    key: { id: text, organization: { id: text } },
  })
  expect(told(pageWith((page) => appendCall(page, longest, 'both')))).toHaveLength(1)
})

test('calls and other lines come out in their order', () => {
  const other = `${JSON.stringify({ msg: '€😀 "\u2028"' })}\n`
  const page = new FactPage(new ArrayBuffer(4 * longestFactsBytes))
  appendCall(page, callOf({ id: 'req_1' }), 'line')
  appendOtherLine(page, other)
  appendCall(page, callOf({ id: 'req_2' }), 'row')
  appendOtherLine(page, '\n')
  const found = told(page.written).map((each) => (typeof each === 'string' ? each : each[0].id))
  expect(found).toEqual(['req_1', other, 'req_2', '\n'])
})

test('the same key is the same object, and no other one', () => {
  const keyed = (id: string, organizationId: string) =>
    callOf({ key: { id, organization: { id: organizationId } } })
  const found = [keyed('key_1', 'org_1'), keyed('key_1', 'org_1'), keyed('key_1', 'org_2')].map((call) => {
    const [[read]] = told(pageWith((page) => appendCall(page, call, 'row'))) as [[CallRecord, Form]]
    return read.key
  })
  expect(found[0]).toBe(found[1])
  expect(found[2]).toEqual({ id: 'key_1', organization: { id: 'org_2' } })
})

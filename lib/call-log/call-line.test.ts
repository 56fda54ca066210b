import { expect, test } from 'vitest'
import { BytePage } from './byte-page'
import { appendLine } from './call-line'
import { type CallRecord, longestRecordBytes } from './call-record'
import { callOf, hostileTexts } from './testing/call'

function lineOf(call: CallRecord): string {
  const page = new BytePage(longestRecordBytes)
  appendLine(page, call)
  return page.written.toString('latin1')
}

test('says the facts of a call, as the other log lines do', () => {
  const { at, id, key, ...rest } = callOf({ customerRequestId: 'order 1' })
  expect(JSON.parse(lineOf(callOf({ customerRequestId: 'order 1' })))).toEqual({
    ...{ level: 30, time: at, service: 'api', requestId: id, msg: 'request' },
    ...{ keyId: key?.id, organizationId: key?.organization.id, ...rest },
  })
})

test('leaves out what is not there', () => {
  const line = JSON.parse(lineOf(callOf({ key: null, code: 'OK' })))
  expect(Object.keys(line)).toEqual(
    'level time service requestId code status method path address durationUs msg'.split(' '),
  )
})

test.each(hostileTexts)('is one line of ASCII that parses, also with %j', (text) => {
  const call = callOf({ path: text, method: text, address: text, customerRequestId: text })
  const line = lineOf(call)
  expect(line).toMatch(/^[\x20-\x7e]+\n$/)
  expect(JSON.parse(line)).toMatchObject({
    path: text.slice(0, 512),
    customerRequestId: text.slice(0, 512),
    method: text.slice(0, 64),
  })
})

test('numbers are written as they are', () => {
  for (const durationUs of [0, 1, 9, 10, 99, 100, 12_345, 2_147_483_647])
    expect(JSON.parse(lineOf(callOf({ durationUs }))).durationUs).toBe(durationUs)
  expect(JSON.parse(lineOf(callOf({ durationUs: 1e12 }))).durationUs).toBe(2_147_483_647)
})

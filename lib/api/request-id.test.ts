import { expect, test } from 'vitest'
import { findCustomerRequestId, newRequestId } from './request-id'

test('our ids differ, and are as long as any other id', () => {
  const ids = Array.from({ length: 50_000 }, newRequestId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) if (!/^req_[0-9A-Za-z]{22}$/.test(id)) throw new Error(id)
})

const found = (raw: string[], query: string, field?: unknown) =>
  findCustomerRequestId(raw, 'X-Trace', query, field)

test('the header wins, then the query string, then the field; a bad one counts as absent', () => {
  expect(found(['x-TRACE', 'a'], 'customerRequestId=b', 'c')).toEqual({ name: 'x-TRACE', value: 'a' })
  expect(found(['X-Trace', '\u0085'], 'x=1&customerRequestId=b%20b', 'c')).toEqual({
    name: 'X-Trace',
    value: 'b b',
  })
  expect(found(['X-Other', 'a'], 'customerRequestId=%0a', 'c')).toEqual({ name: 'X-Trace', value: 'c' })
  expect(found([], 'customerRequestId=%ff', { c: 1 })).toBeNull()
})

import { expect, test } from 'vitest'
import { type Expiry, noExpiry, readExpiry, typedExpiry } from './expiry'

const now = new Date('2026-03-10T12:00:00Z')
const berlin = (typed: Partial<typeof noExpiry>) =>
  readExpiry({ ...noExpiry, ...typed }, 'Europe/Berlin', now)
const at = (iso: string): Expiry => ({ kind: 'at', at: new Date(iso), note: null, twice: null })

test('blank is never', () => {
  expect(berlin({})).toEqual({ kind: 'never' })
  expect(berlin({ time: '  ' })).toEqual({ kind: 'never' })
})

test('what was typed is the moment at which the reader reads it on their clock', () => {
  expect(berlin({ date: '2026-03-28', time: '18:00' })).toEqual(at('2026-03-28T17:00:00Z'))
  expect(berlin({ date: '2026-03-29', time: '18:00' })).toEqual(at('2026-03-29T16:00:00Z'))
})

test.each([
  [{ date: '2026-03-28' }, 'time'],
  [{ time: '18:00' }, 'date'],
  [{ isHalf: true, time: '18:00' }, 'date'],
  [{ date: '2026-02-30', time: '18:00' }, 'date'],
  [{ date: '12026-03-28', time: '18:00' }, 'date'],
  [{ date: '2026-03-28', time: '24:61' }, 'time'],
  [{ date: '2026-03-10', time: '13:00' }, 'date'],
  [{ date: '2025-03-28', time: '18:00' }, 'date'],
])('%j is refused at its %s', (typed, field) => expect(berlin(typed)).toMatchObject({ kind: 'wrong', field }))

test('a minute ahead is ahead', () => {
  expect(berlin({ date: '2026-03-10', time: '13:01' })).toEqual(at('2026-03-10T12:01:00Z'))
})

test('a time that the clocks jump over means the one after the jump, and says so', () => {
  expect(berlin({ date: '2026-03-29', time: '02:30' })).toMatchObject({
    kind: 'at',
    at: new Date('2026-03-29T01:30:00Z'),
    note: expect.stringContaining('there is no 02:30'),
  })
})

test('of a time that comes twice the first is meant, unless the reader chooses the second', () => {
  const [first, second] = [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-25T01:30:00Z')]
  const typed = { date: '2026-10-25', time: '02:30' }
  expect(berlin(typed)).toMatchObject({ at: first, twice: [first, second] })
  expect(berlin({ ...typed, wantsSecond: true })).toMatchObject({ at: second, twice: [first, second] })
})

test('a moment that is put into the fields is read as the same moment', () => {
  for (const moment of ['2026-06-08T12:00:00Z', '2026-12-31T23:00:00Z', '2027-03-10T12:34:00Z'])
    expect(berlin(typedExpiry(new Date(moment), 'Europe/Berlin'))).toEqual(at(moment))
})

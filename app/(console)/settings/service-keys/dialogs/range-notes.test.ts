import { expect, test } from 'vitest'
import { rangeNotes, withLine } from './range-notes'

const own = '203.0.113.7'

test('no range at all shuts nobody out', () => {
  expect(rangeNotes(' \n', own)).toEqual({ ranges: [], problems: [], warnings: [] })
})

test('each wrong line is named by its number, with what it was probably meant to be', () => {
  const { problems } = rangeNotes('203.0.113.0/24\n\n192.0.2.77/24\nhome', own)
  expect(problems).toEqual([
    { line: 3, words: expect.stringContaining('192.0.2.0/24'), meant: '192.0.2.0/24' },
    { line: 4, words: expect.any(String), meant: null },
  ])
})

test('the reader is told when their own address is shut out, however it is written', () => {
  const shutOut = [expect.stringContaining(own)]
  expect(rangeNotes('192.0.2.0/24', own).warnings).toEqual(shutOut)
  expect(rangeNotes('203.0.113.0/24', own).warnings).toEqual([])
  expect(rangeNotes('203.0.113.0/24', `::ffff:${own}`).warnings).toEqual([])
  expect(rangeNotes('192.0.2.0/24', null).warnings).toEqual([])
})

test('a range of everybody is warned of by its family', () => {
  expect(rangeNotes('0.0.0.0/0\n::/0', own).warnings).toEqual([
    expect.stringContaining('every IPv4 address'),
    expect.stringContaining('every IPv6 address'),
  ])
})

test('one line is replaced, and no other', () => {
  expect(withLine('a\r\nb\nc', 2, '192.0.2.0/24')).toBe('a\n192.0.2.0/24\nc')
})

import { expect, test } from 'vitest'
import { sortColumns, sortTexts } from '@/lib/service-keys/sort'
import { sortedBy, sortNames, toggled } from './sorting'

test('every order has a name', () => {
  expect(Object.keys(sortNames).toSorted()).toEqual(sortTexts.toSorted())
})

test('a column that is asked for again turns round, and is back where it began the next time', () => {
  for (const column of sortColumns) {
    const other = column === 'name' ? 'created' : 'name'
    const first = toggled(other, column)
    const second = toggled(first, column)
    expect([sortedBy(other, column), sortedBy(first, column), sortedBy(second, column)]).toEqual([
      undefined,
      expect.any(String),
      expect.any(String),
    ])
    expect(second).not.toBe(first)
    expect(toggled(second, column)).toBe(first)
  }
})

test('by time the latest comes first, by name A', () => {
  expect([toggled('name', 'created'), toggled('name', 'lastUsed'), toggled('created', 'name')]).toEqual([
    '-created',
    '-lastUsed',
    'name',
  ])
})

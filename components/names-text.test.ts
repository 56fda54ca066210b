import { expect, test } from 'vitest'
import { namesText } from './names-text'

test('names are a list that people would say', () => {
  expect(namesText([])).toBe('')
  expect(namesText(['Ann'])).toBe('Ann')
  expect(namesText(['Ann', 'Ben'])).toBe('Ann and Ben')
  expect(namesText(['Ann', 'Ben', 'Cem'], 4)).toBe('Ann, Ben, Cem and 1 other')
  expect(namesText(['Ann'], 12)).toBe('Ann and 11 others')
})

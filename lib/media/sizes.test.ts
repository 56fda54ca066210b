import { expect, test } from 'vitest'
import { base64SizeText, bytesOfSize, exactSizeText, sizeText } from './sizes'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1_023, '1,023 bytes'],
  [1_024, '1 KiB'],
  [1_536, '1.5 KiB'],
  [1_048_575, '1 MiB'],
  [1_048_576, '1 MiB'],
  [5_242_880, '5 MiB'],
  [6_990_508, '6.7 MiB'],
  [104_857_600, '100 MiB'],
  [3_221_225_472, '3,072 MiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

test('one byte more or less is seen in the exact number', () => {
  expect(exactSizeText(5_242_879)).toBe('5 MiB (5,242,879 bytes)')
  expect(exactSizeText(5_242_880)).toBe('5 MiB (5,242,880 bytes)')
  expect(exactSizeText(5_242_881)).toBe('5 MiB (5,242,881 bytes)')
  expect(exactSizeText(12)).toBe('12 bytes')
})

test('as Base64 it is a third larger, in characters', () => {
  expect(base64SizeText(5_242_880)).toBe('6.7 MiB as Base64 (6,990,508 characters)')
  expect(base64SizeText(1)).toBe('4 characters as Base64')
  expect(base64SizeText(0)).toBe('0 characters as Base64')
})

test('a typed amount becomes whole bytes', () => {
  expect(bytesOfSize('20', 'MiB')).toBe(20_971_520)
  expect(bytesOfSize(' 7.5 ', 'MiB')).toBe(7_864_320)
  expect(bytesOfSize('0.3333', 'KiB')).toBe(341)
  expect(bytesOfSize('0', 'KiB')).toBe(0)
  expect(bytesOfSize('5242881', 'bytes')).toBe(5_242_881)
  expect(bytesOfSize('1.5', 'bytes')).toBeNull()
})

test.each(['', '1,024', '-5', '1e3', '0x10', '5 MiB', '1.', '.5', 'NaN', '9'.repeat(10)])(
  '%j is no amount',
  (amount) => expect(bytesOfSize(amount, 'MiB')).toBeNull(),
)

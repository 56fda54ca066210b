import { expect, test } from 'vitest'
import { Remembered } from './remembered'

test('never holds more than two generations, and keeps what is asked for', () => {
  const remembered = new Remembered<number>(10)
  remembered.set('asked for', 1)
  for (let i = 0; i < 1_000; i++) {
    remembered.set(`${i}`, i)
    expect(remembered.get('asked for')).toBe(1)
  }
  const left = Array.from({ length: 1_000 }, (_, i) => remembered.get(`${i}`)).filter((v) => v !== undefined)
  expect(left.length).toBeLessThanOrEqual(20)
  expect(remembered.get('0')).toBeUndefined()
})

import { expect, test } from 'vitest'
import { inTurn, untilNone, untilNoneFound } from './sweep'

const never = new AbortController().signal

test('batches are done until there is none, and counted', async () => {
  const batches = [3, 2, 0, 7]
  expect(await untilNone(async () => batches.shift() ?? 0)(never)).toBe(5)
  expect(batches).toEqual([7])
})

test('a stop is heard after each batch', async () => {
  const stop = new AbortController()
  let batches = 0
  const sweep = untilNone(async () => {
    if (++batches === 2) stop.abort()
    return 1
  })
  expect(await sweep(stop.signal)).toBe(2)
  expect(await sweep(stop.signal)).toBe(0)
})

test('what a sweep has found is there for all of its batches, and for no other sweep', async () => {
  const seen: number[] = []
  const sweep = untilNoneFound(async (_, { found }) => {
    seen.push(found.length)
    return found.push('key') % 3
  })
  expect(await sweep(never)).toBe(3)
  expect(await sweep(never)).toBe(3)
  expect(seen).toEqual([0, 1, 2, 0, 1, 2])
})

test('one that fails keeps none of the others from being done, and is heard of', async () => {
  const done: string[] = []
  const named =
    (name: string, fails = false) =>
    async () => {
      done.push(name)
      if (fails) throw new Error(name)
      return 1
    }
  await expect(inTurn([named('a'), named('b', true), named('c', true), named('d')])(never)).rejects.toThrow(
    'b',
  )
  expect(done).toEqual(['a', 'b', 'c', 'd'])
  expect(await inTurn([named('a'), named('b')])(never)).toBe(2)
})

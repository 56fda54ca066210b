import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns'

test('no more than so many run at once, in their order, whatever becomes of them', async () => {
  const turns = new Turns(3)
  const begun: number[] = []
  let running = 0
  let most = 0
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      turns.run(async () => {
        begun.push(index)
        most = Math.max(most, ++running)
        await sleep(2)
        running--
        if (index % 4 === 0) throw new Error('lost')
      }),
    ),
  )
  expect(most).toBe(3)
  expect(begun).toEqual(begun.toSorted((a, b) => a - b))
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5)
  expect(await turns.run(async () => 'free again')).toBe('free again')
})

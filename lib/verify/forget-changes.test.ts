import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { forgetChanges } from './forget-changes'
import { readChanges } from './store'

const { owner } = await testDatabase()
const now = new Date()

/** Versions with the hours since each of their rows. */
async function arrange(changes: [version: number, hours: number][]): Promise<void> {
  for (const [version, hours] of changes)
    await owner`insert into operational_changes (version, kind, id, at)
      values (${version}, 'organization', ${`org_${version}_${hours}`}, ${new Date(now.getTime() - hours * 3_600_000)})`
}
const versions = async () =>
  (await owner`select distinct version::int from operational_changes order by 1`).map(
    ({ version }) => version,
  )

beforeEach(async () => {
  await owner`delete from operational_changes`
})

test('what changed more than a day ago is forgotten, in batches', async () => {
  await arrange([1, 2, 3, 4, 5].map((version) => [version, 30 - 2 * version]))
  expect(await forgetChanges(now, { batch: 1 })).toBe(1)
  expect(await versions()).toEqual([2, 3, 4, 5])
  expect(await forgetChanges(now)).toBe(1)
  expect(await versions()).toEqual([3, 4, 5])
  expect(await forgetChanges(now)).toBe(0)
})

test('no gap is left in the middle, and no version in part', async () => {
  // A long transaction: its version is later than its time.
  await arrange([
    [1, 30],
    [2, 1],
    [3, 25],
    [3, 25.5],
    [3, 26],
    [4, 1],
  ])
  expect(await forgetChanges(now, { batch: 3 })).toBe(5)
  expect(await versions()).toEqual([4])
})

test('who comes back within the day is told what changed, and later reads everything', async () => {
  await arrange([
    [11, 26],
    [12, 23],
    [13, 1],
  ])
  await forgetChanges(now)
  expect(await readChanges(owner, 11, 13)).toHaveLength(2)
  expect(await readChanges(owner, 10, 13)).toBeNull()
})

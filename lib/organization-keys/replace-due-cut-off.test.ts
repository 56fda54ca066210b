import { expect, test } from 'vitest'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import { day } from './lifecycle'
import { replaceDue } from './replace-due'
import { organizationWithKey, type Scheduled, whatHappened } from './testing/schedule'

const start = new Date('2026-03-01T10:00:00Z')
const due = new Date(start.getTime() + 335 * day)
const organizations = 2

const { owner, cutOff } = await testDatabaseThroughLine()

async function replacedOf({ organizationId }: Scheduled): Promise<boolean> {
  const { keys, events, notices } = await whatHappened(owner, organizationId)
  const isReplaced = keys.length === 2
  expect(keys.map((key) => [key.revoked_at, key.successor_id])).toEqual(
    isReplaced
      ? [
          [due, keys[1]?.id],
          [null, null],
        ]
      : [[null, null]],
  )
  expect(events).toHaveLength(isReplaced ? 2 : 1)
  expect(notices).toHaveLength(isReplaced ? 1 : 0)
  expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: events.length } })
  return isReplaced
}

test.each(['before', 'after'] as const)(
  'cut off at every statement, %s the server has it: each key wholly or not at all, and the next run finishes',
  async (when) => {
    let places = 0
    for (let wasCut = true; wasCut; places++) {
      // Also where the schedule makes the first signing key on its way.
      await owner`truncate organization_keys, key_uses, notices, notice_deliveries`
      const all: Scheduled[] = []
      for (let n = 0; n < organizations; n++) all.push(await organizationWithKey(owner, start))
      await owner`delete from signing_keys`
      const cut = await cutOff({ at: places + 1, when }, () => replaceDue(due))
      wasCut = cut.wasCut
      // What was cut off is tried again at once, one by one; keys that the server still has locked wait for the next run.
      const left = (await Promise.all(all.map(replacedOf))).filter((isReplaced) => !isReplaced)
      expect(await replaceDue(due)).toBe(left.length)
      expect(await Promise.all(all.map(replacedOf))).toEqual([true, true])
      expect(await replaceDue(due)).toBe(0)
    }
    expect(places).toBeGreaterThan(15)
  },
  240_000,
)

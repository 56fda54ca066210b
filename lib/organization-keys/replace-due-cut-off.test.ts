import { expect, test } from 'vitest'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import { day } from './lifecycle'
import { replaceDue } from './replace-due'
import { organizationWithKey, type Scheduled, whatHappened } from './testing/schedule'

const start = new Date('2026-03-01T10:00:00Z')
const due = new Date(start.getTime() + 335 * day)
const organizations = 3

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
  'cut off at every statement, %s the server has it: all or none, and the next run finishes',
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
      const replaced = new Set(await Promise.all(all.map(replacedOf)))
      expect(replaced.size).toBe(1)
      expect(await replaceDue(due)).toBe(replaced.has(true) ? 0 : organizations)
      expect(await Promise.all(all.map(replacedOf))).toEqual([true, true, true])
      expect(await replaceDue(due)).toBe(0)
    }
    expect(places).toBeGreaterThan(15)
  },
)

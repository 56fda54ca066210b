import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { viewGeneral } from './general-view'
import { setIsoUtcFormat } from './set-iso-utc-format'
import { setRequestIdHeader } from './set-request-id-header'
import { setTimeZone } from './set-time-zone'

const at = new Date('2026-03-01T10:00:00Z')
const header = 'X-Customer-Request-Id'

const { owner } = await testDatabase()
let admin: UserActor
let other: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  organizationId = await createOrganization({ name: `Org ${++count}` })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'admin' })
  other = await createMember(organizationId, { email: `b${count}@example.com`, name: 'Ben', role: 'admin' })
})

const events = async () =>
  (
    await owner`select action, actor_id, details from audit_events where chain = ${organizationId} order by sequence`
  ).map(({ action, actor_id, details }) => [action, actor_id, details])
const versions = async () =>
  (await owner`select count(*)::int as n from operational_changes where id = ${organizationId}`)[0]?.n

describe('each change is recorded from → to, and one that changes nothing is not', () => {
  test('ISO 8601 UTC Format', async () => {
    await setIsoUtcFormat({ on: true }, admin, at)
    await setIsoUtcFormat({ on: true }, other, at)
    await setIsoUtcFormat({ on: false }, other, at)
    expect(await events()).toEqual([
      ['organization.iso-utc-format-set', admin.userId, { from: false, to: true }],
      ['organization.iso-utc-format-set', other.userId, { from: true, to: false }],
    ])
    expect(await versions()).toBe(2)
  })

  test('time zone', async () => {
    expect((await setTimeZone({ from: 'UTC', timeZone: 'UTC' }, admin, at)).ok).toBe(true)
    expect((await setTimeZone({ from: 'UTC', timeZone: 'Europe/Berlin' }, admin, at)).ok).toBe(true)
    expect(await events()).toEqual([
      ['organization.time-zone-set', admin.userId, { from: 'UTC', to: 'Europe/Berlin' }],
    ])
    expect(await versions()).toBe(1)
  })

  test('Custom Header Name', async () => {
    expect((await setRequestIdHeader({ from: header, name: header }, admin, at)).ok).toBe(true)
    expect((await setRequestIdHeader({ from: header, name: 'X-Trace' }, admin, at)).ok).toBe(true)
    expect(await viewGeneral(organizationId)).toEqual({
      isoUtcFormat: false,
      timeZone: 'UTC',
      requestIdHeader: 'X-Trace',
    })
    expect(await events()).toEqual([
      ['organization.request-id-header-set', admin.userId, { from: header, to: 'X-Trace' }],
    ])
  })
})

describe('what cannot be is refused with its reason, and leaves no trace', () => {
  test.each(['Europe/Atlantis', '', '+05:00', "UTC'; drop table organizations"])(
    'the zone %j',
    async (timeZone) => {
      expect(await setTimeZone({ from: 'UTC', timeZone }, admin, at)).toMatchObject({
        reason: 'unknown-time-zone',
      })
      expect(await events()).toEqual([])
    },
  )

  test.each([
    ['Authorization', { rule: 'reserved', group: 'credential' }],
    ['Host', { rule: 'reserved', group: 'routing' }],
    ['bad header', { rule: 'not-a-token', character: ' ' }],
    ['A'.repeat(65), { rule: 'too-long', length: 65 }],
    ['', { rule: 'empty' }],
  ])('the header name %j', async (name, details) => {
    expect(await setRequestIdHeader({ from: header, name }, admin, at)).toEqual({
      ok: false,
      reason: 'bad-header-name',
      details,
    })
    expect(await events()).toEqual([])
  })
})

describe('two admins', () => {
  test('who has not seen the change of the other is told of it, and changes nothing', async () => {
    await setTimeZone({ from: 'UTC', timeZone: 'Asia/Tokyo' }, other, at)
    expect(await setTimeZone({ from: 'UTC', timeZone: 'Europe/Berlin' }, admin, at)).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
      details: { current: 'Asia/Tokyo', by: 'Ben' },
    })
    await setRequestIdHeader({ from: header, name: 'X-Ben' }, other, at)
    expect(await setRequestIdHeader({ from: header, name: 'X-Ann' }, admin, at)).toMatchObject({
      details: { current: 'X-Ben', by: 'Ben' },
    })
    expect((await setRequestIdHeader({ from: 'X-Ben', name: 'X-Ann' }, admin, at)).ok).toBe(true)
    expect(await viewGeneral(organizationId)).toMatchObject({
      timeZone: 'Asia/Tokyo',
      requestIdHeader: 'X-Ann',
    })
  })

  test('who wanted what the other has set already has it', async () => {
    await setTimeZone({ from: 'UTC', timeZone: 'Asia/Tokyo' }, other, at)
    expect((await setTimeZone({ from: 'UTC', timeZone: 'Asia/Tokyo' }, admin, at)).ok).toBe(true)
    expect(await events()).toHaveLength(1)
  })

  test('who rename the header at the same moment, 100 times: one wins each time, one is told', async () => {
    let from = header
    for (let round = 0; round < 100; round++) {
      const names = [`X-Ann-${round}`, `X-Ben-${round}`]
      const outcomes = await Promise.all([
        setRequestIdHeader({ from, name: names[0] ?? '' }, admin, at),
        setRequestIdHeader({ from, name: names[1] ?? '' }, other, at),
      ])
      const winner = names[outcomes.findIndex((outcome) => outcome.ok)]
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
        reason: 'changed-meanwhile',
        details: { current: winner },
      })
      from = winner ?? ''
    }
    expect(await events()).toHaveLength(100)
  })
})

test('a change touches no other organization', async () => {
  const elsewhere = await createOrganization({ name: 'Elsewhere' })
  await setIsoUtcFormat({ on: true }, admin, at)
  await setTimeZone({ from: 'UTC', timeZone: 'Asia/Tokyo' }, admin, at)
  await setRequestIdHeader({ from: header, name: 'X-Trace' }, admin, at)
  expect(await viewGeneral(elsewhere)).toEqual({
    isoUtcFormat: false,
    timeZone: 'UTC',
    requestIdHeader: header,
  })
})

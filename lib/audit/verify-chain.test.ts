import type postgres from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import { newId } from '@/lib/id'
import { chainStart } from './chain'
import { record } from './record'
import { verifyChain } from './verify-chain'

const now = new Date('2026-03-01T10:00:00.123Z')

const { owner } = await testDatabase()
let chain: string

const append = (details = {}) =>
  db().transaction((tx) =>
    record(
      tx,
      { kind: 'system', organizationId: chain },
      {
        action: 'organization-key.issued',
        subjectKind: 'organization-key',
        subjectId: 'key_1',
        details,
      },
      now,
    ),
  )

beforeEach(async () => {
  chain = newId('org')
  for (let i = 1; i <= 6; i++) await append({ i, zeit: 'ä😀', a: null, B: true, x: 0.1 })
})

/** What only the schema's owner can do: switch the guard off, and change the past. */
async function tamper(change: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`alter table audit_events disable trigger audit_events_append_only`
    await change(sql)
    await sql`alter table audit_events enable trigger audit_events_append_only`
  })
}

describe('an untouched chain is whole', () => {
  test('with everything that details may hold', async () => {
    expect(await verifyChain(chain)).toEqual({ ok: true, value: { events: 6 } })
  })

  test('when 100 wrote to it at once', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, i) => append({ i })))
    expect(await verifyChain(chain)).toEqual({ ok: true, value: { events: 106 } })
  })

  test('when it is longer than what is read at a time, while it grows', async () => {
    for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 50 }, () => append()))
    const [, during] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, () => append())),
      verifyChain(chain),
    ])
    expect(during.ok).toBe(true)
    expect(await verifyChain(chain)).toEqual({ ok: true, value: { events: 1056 } })
  })

  test('when nothing was ever recorded', async () => {
    expect(await verifyChain('org_none')).toEqual({ ok: true, value: { events: 0 } })
  })

  test('when another one is broken', async () => {
    const whole = chain
    chain = newId('org')
    await append()
    await tamper((sql) => sql`update audit_events set actor_name = 'nobody' where chain = ${chain}`)
    expect((await verifyChain(chain)).ok).toBe(false)
    expect((await verifyChain(whole)).ok).toBe(true)
  })
})

describe('the first broken event is named when', () => {
  const broken = (sequence: number) => ({ ok: false, reason: 'broken', details: { sequence } })

  for (const [column, value] of [
    ['at', '2026-03-01T10:00:00.124Z'],
    ['actor_kind', 'schedule'],
    ['actor_id', 'usr_other'],
    ['actor_name', 'nobody'],
    ['action', 'organization-key.tested'],
    ['subject_kind', 'user'],
    ['subject_id', 'key_2'],
    ['details', '{"i": 3, "x": 0.2}'],
    ['address', '198.51.100.1'],
    ['user_agent', 'curl'],
    ['hash', '\\x00'],
    ['previous_hash', '\\x00'],
  ] as const)
    test(`its ${column} was changed`, async () => {
      await tamper((sql) =>
        sql.unsafe(
          `update audit_events set ${column} = '${value}' where chain = '${chain}' and sequence = 3`,
        ),
      )
      expect(await verifyChain(chain)).toEqual(broken(3))
    })

  test('one was dropped from the middle, the beginning or the end', async () => {
    for (const sequence of [3, 1, 6]) {
      chain = newId('org')
      for (let i = 1; i <= 6; i++) await append({ i })
      await tamper((sql) => sql`delete from audit_events where chain = ${chain} and sequence = ${sequence}`)
      expect(await verifyChain(chain)).toEqual(broken(sequence))
    }
  })

  test('one was dropped and the later ones moved up', async () => {
    await tamper(async (sql) => {
      await sql`delete from audit_events where chain = ${chain} and sequence = 3`
      for (const sequence of [4, 5, 6])
        await sql`update audit_events set sequence = ${sequence - 1} where chain = ${chain} and sequence = ${sequence}`
    })
    expect(await verifyChain(chain)).toEqual(broken(3))
  })

  test('two changed places', async () => {
    await tamper(async (sql) => {
      for (const [from, to] of [
        [3, 99],
        [4, 3],
        [99, 4],
      ])
        await sql`update audit_events set sequence = ${to as number} where chain = ${chain} and sequence = ${from as number}`
    })
    expect(await verifyChain(chain)).toEqual(broken(3))
  })

  test('one was slipped in, at the end or before the first', async () => {
    const copy = (sequence: number) => (sql: postgres.TransactionSql) =>
      sql`insert into audit_events select chain, ${sequence}, at, actor_kind, actor_id, actor_name, action, subject_kind,
        subject_id, details, address, user_agent, hash, hash from audit_events where chain = ${chain} and sequence = 6`
    await tamper(copy(7))
    expect(await verifyChain(chain)).toEqual(broken(7))
  })

  test("the chain's end was turned back, or taken away", async () => {
    const [row] = await owner`select hash from audit_events where chain = ${chain} and sequence = 5`
    await owner`update audit_heads set sequence = 5, hash = ${row?.hash} where chain = ${chain}`
    expect(await verifyChain(chain)).toEqual(broken(7))
    await owner`delete from audit_heads where chain = ${chain}`
    expect(await verifyChain(chain)).toEqual(broken(7))
  })

  test('everything is gone but its end', async () => {
    await tamper((sql) => sql`delete from audit_events where chain = ${chain}`)
    expect(await verifyChain(chain)).toEqual(broken(1))
    await owner`update audit_heads set sequence = 0, hash = ${chainStart} where chain = ${chain}`
    expect(await verifyChain(chain)).toEqual({ ok: true, value: { events: 0 } })
  })
})

test('an event stands or falls with the change that it records', async () => {
  const attempt = db().transaction(async (tx) => {
    await record(
      tx,
      { kind: 'system', organizationId: chain },
      { action: 'x', subjectKind: 'x', subjectId: 'x' },
      now,
    )
    throw new Error('changed my mind')
  })
  await expect(attempt).rejects.toThrow('changed my mind')
  expect(await verifyChain(chain)).toEqual({ ok: true, value: { events: 6 } })
})

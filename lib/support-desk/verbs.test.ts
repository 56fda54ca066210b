import { beforeEach, describe, expect, test } from 'vitest'
import { createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { declineRequest } from './decline-request'
import { grantRequest } from './grant-request'
import type { SetMediaLimit } from './inputs'
import { setMediaLimit } from './set-media-limit'
import { askSupport, changeAt, type Desk, openDesk, toldOfDecisions } from './testing/desk'
import { viewOrganization } from './view-organization'

const now = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const MiB = 1_048_576

const { owner } = await testDatabase()
let desk: Desk
let organizationId: string
let jordan: UserActor
let kim: UserActor
let count = 0

beforeEach(async () => {
  desk = await openDesk(++count)
  ;({ organizationId, jordan, kim } = desk)
})

const change = (facts: Partial<SetMediaLimit> = {}) => changeAt(desk, facts)
const ask = (wantedBytes = 20 * MiB) => askSupport(desk, now, { wantedBytes })

async function seen(at = now) {
  const view = await viewOrganization(organizationId, at)
  if (!view) throw new Error('the organization is not there')
  return view
}

const events = (chain: string) =>
  owner`select action, actor_name, details from audit_events
    where chain = ${chain} and (chain = ${organizationId} or details->>'organizationId' = ${organizationId})
    order by sequence`

describe('setMediaLimit', () => {
  test('without an end the limit is another one, for good', async () => {
    expect(await setMediaLimit(change(), jordan, now)).toEqual({
      ok: true,
      value: { bytes: 20 * MiB, endsAt: null },
    })
    expect(await seen(later(1_000_000))).toMatchObject({
      limit: { bytes: 20 * MiB, endsAt: null, afterwardsBytes: 20 * MiB },
      lastChange: 1,
      history: [
        {
          by: 'Jordan',
          reason: 'A migration',
          change: { fromBytes: 5 * MiB, toBytes: 20 * MiB, endsAt: null },
        },
      ],
    })
  })

  test('with an end it falls back by itself, at the exact moment', async () => {
    await setMediaLimit(change({ endsAt: later(60) }), jordan, now)
    expect((await seen(new Date(later(60).getTime() - 1))).limit).toEqual({
      bytes: 20 * MiB,
      endsAt: later(60).toISOString(),
      afterwardsBytes: 5 * MiB,
    })
    expect((await seen(later(60))).limit).toEqual({
      bytes: 5 * MiB,
      endsAt: null,
      afterwardsBytes: 5 * MiB,
    })
  })

  test('works when the limit has fallen back by itself, and counts on from there', async () => {
    await setMediaLimit(change({ endsAt: later(60) }), jordan, now)
    expect((await setMediaLimit(change({ seen: 1, bytes: 10 * MiB }), kim, later(61))).ok).toBe(true)
    const { history, limit } = await seen(later(61))
    expect(limit).toEqual({ bytes: 10 * MiB, endsAt: null, afterwardsBytes: 10 * MiB })
    expect(history[0]?.change).toMatchObject({ fromBytes: 5 * MiB, toBytes: 10 * MiB })
  })

  test('whoever has not seen the last change is told of it, and nothing is written', async () => {
    await setMediaLimit(change(), jordan, now)
    const before = [await seen(), await events(organizationId), await toldOfDecisions(owner, organizationId)]
    for (const stale of [0, 2])
      expect(await setMediaLimit(change({ bytes: MiB, seen: stale }), kim, later(1))).toEqual({
        ok: false,
        reason: 'changed-meanwhile',
        details: {
          number: 1,
          by: 'Jordan',
          at: now,
          to: 20 * MiB,
          endsAt: null,
          reason: 'A migration',
        },
      })
    expect([
      await seen(),
      await events(organizationId),
      await toldOfDecisions(owner, organizationId),
    ]).toEqual(before)
    expect((await setMediaLimit(change({ bytes: MiB, seen: 1 }), kim, later(1))).ok).toBe(true)
  })

  test('two of the staff at the same moment, 50 times: one wins, the other is told', async () => {
    for (let round = 0; round < 50; round++) {
      const at = later(round)
      const outcomes = await Promise.all(
        [jordan, kim].map((actor, i) =>
          setMediaLimit(change({ bytes: (round * 2 + i + 1) * 1_024, seen: round }), actor, at),
        ),
      )
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ reason: 'changed-meanwhile' })
    }
    expect((await seen()).history).toHaveLength(50)
    expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
    expect(await verifyChain('platform')).toMatchObject({ ok: true })
  })

  test('Postgres repeats that no change has the number of another', async () => {
    await setMediaLimit(change(), jordan, now)
    await expect(
      owner`insert into media_limit_changes (organization_id, number, from_bytes, to_bytes, reason, changed_at, changed_by)
        values (${organizationId}, 1, 1, 2, 'again', now(), ${kim.userId})`,
    ).rejects.toThrow('media_limit_changes_organization_id_number_pk')
  })

  test('an organization that is not there is not found', async () => {
    expect(await setMediaLimit(change({ organizationId: 'org_nowhere' }), jordan, now)).toMatchObject({
      reason: 'not-found',
    })
    expect(await viewOrganization('org_nowhere')).toBeNull()
  })

  test('both chains tell who, what, until when and why, and hold', async () => {
    await setMediaLimit(change({ endsAt: later(60) }), jordan, now)
    const details = {
      number: 1,
      from: 5 * MiB,
      to: 20 * MiB,
      endsAt: later(60).toISOString(),
      reason: 'A migration',
    }
    const event = { action: 'media.limit-set', actor_name: jordan.email }
    expect(await events(organizationId)).toMatchObject([{ ...event, details }])
    expect(await events('platform')).toMatchObject([{ ...event, details: { ...details, organizationId } }])
    expect(await verifyChain(organizationId)).toEqual({ ok: true, value: { events: 1 } })
    expect(await verifyChain('platform')).toMatchObject({ ok: true })
  })
})

describe('answers', () => {
  test('granting answers and changes the limit at once', async () => {
    const requestId = await ask()
    expect((await seen()).request).toEqual({
      id: requestId,
      wantedBytes: 20 * MiB,
      reason: 'Longer videos',
      askedBy: 'Ann',
      askedAt: now.toISOString(),
    })
    expect(await grantRequest({ ...change(), requestId }, jordan, later(5))).toMatchObject({ ok: true })
    const view = await seen(later(5))
    expect(view).toMatchObject({ request: null, limit: { bytes: 20 * MiB }, lastChange: 1 })
    expect(view.history).toMatchObject([
      { change: { toBytes: 20 * MiB }, request: { decision: 'granted', askedBy: 'Ann' } },
    ])
    expect((await events(organizationId)).map((event) => event.action)).toEqual([
      'media.limit-set',
      'media.limit-request-granted',
    ])
    expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
    expect(await verifyChain('platform')).toMatchObject({ ok: true })
  })

  test('less may be granted, for a while too', async () => {
    const requestId = await ask()
    await grantRequest({ ...change({ bytes: 10 * MiB, endsAt: later(60) }), requestId }, jordan, now)
    const view = await seen(now)
    expect(view.limit).toMatchObject({ bytes: 10 * MiB, afterwardsBytes: 5 * MiB })
    expect(view.history[0]?.request?.decision).toBe('granted-less')
  })

  test('less that is the limit already is no answer; as much as wanted is one', async () => {
    const requestId = await ask()
    expect(await grantRequest({ ...change({ bytes: 5 * MiB }), requestId }, jordan, now)).toMatchObject({
      reason: 'unchanged',
    })
    expect((await seen()).request?.id).toBe(requestId)
    await setMediaLimit(change(), jordan, now)
    expect((await grantRequest({ ...change({ seen: 1 }), requestId }, jordan, later(1))).ok).toBe(true)
    const view = await seen(later(1))
    expect(view).toMatchObject({ request: null, lastChange: 1 })
    expect(view.history).toMatchObject([
      { change: null, request: { decision: 'granted' } },
      { change: { toBytes: 20 * MiB }, request: null },
    ])
  })

  test('declining changes no limit and says why', async () => {
    const requestId = await ask()
    await declineRequest({ organizationId, requestId, reason: 'Not before 2027' }, jordan, later(1))
    const view = await seen(later(1))
    expect(view).toMatchObject({ request: null, limit: { bytes: 5 * MiB }, lastChange: 0 })
    expect(view.history).toMatchObject([
      { by: 'Jordan', reason: 'Not before 2027', change: null, request: { decision: 'declined' } },
    ])
    expect((await events('platform')).map((event) => event.action)).toEqual(['media.limit-request-declined'])
  })

  test('two answers at once, 20 times: one wins, the other is told who was first', async () => {
    for (let round = 0; round < 20; round++) {
      const requestId = await ask((round + 6) * MiB)
      const { lastChange } = await seen()
      const at = later(round)
      const outcomes = await Promise.all([
        grantRequest({ ...change({ bytes: (round + 6) * MiB, seen: lastChange }), requestId }, jordan, at),
        declineRequest({ organizationId, requestId, reason: 'No' }, kim, at),
      ])
      const [granted, declined] = outcomes
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      expect(granted.ok ? declined : granted).toMatchObject({
        reason: 'already-answered',
        details: granted.ok
          ? { by: 'Jordan', at, decision: 'granted', answer: 'A migration' }
          : { by: 'Kim', at, decision: 'declined', answer: 'No' },
      })
      expect((await seen()).lastChange).toBe(lastChange + (granted.ok ? 1 : 0))
    }
    expect(await verifyChain(organizationId)).toMatchObject({ ok: true })
  })

  test('an answer and a change at once: the answer waits, or is told of the change', async () => {
    const requestId = await ask()
    const [answered, changed] = await Promise.all([
      grantRequest({ ...change(), requestId }, jordan, now),
      setMediaLimit(change({ bytes: 30 * MiB }), kim, now),
    ])
    expect([answered.ok, changed.ok].toSorted()).toEqual([false, true])
    expect(answered.ok ? changed : answered).toMatchObject({ reason: 'changed-meanwhile' })
    const view = await seen()
    expect(view.limit.bytes).toBe((answered.ok ? 20 : 30) * MiB)
    expect(view.request === null).toBe(answered.ok)
  })

  test('a change that came before a request was seen leaves the request open', async () => {
    const requestId = await ask()
    await setMediaLimit(change({ bytes: 6 * MiB }), jordan, now)
    expect((await seen()).request?.id).toBe(requestId)
  })

  test("another organization's request is not found", async () => {
    const requestId = await ask()
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    const foreign = { ...change({ organizationId: elsewhere }), requestId }
    expect(await grantRequest(foreign, jordan, now)).toMatchObject({ reason: 'not-found' })
    expect(
      await declineRequest({ organizationId: elsewhere, requestId, reason: 'No' }, jordan, now),
    ).toMatchObject({ reason: 'not-found' })
    expect((await seen()).request?.id).toBe(requestId)
  })
})

describe('the history', () => {
  async function past(changes: number, declined: number): Promise<void> {
    await owner`insert into media_limit_changes (organization_id, number, from_bytes, to_bytes, reason, changed_at, changed_by)
      select ${organizationId}, n, n, n + 1, 'A migration', ${now}::timestamptz + n * interval '2 minutes', ${kim.userId}
      from generate_series(1, ${changes}::int) as n`
    await owner`insert into media_limit_requests
      select 'mlr_' || ${count} || 'x' || n, ${organizationId}, 1, 'Videos', moment, ${desk.admin.userId}, moment,
        ${kim.userId}, null, 'No'
      from generate_series(1, ${declined}::int) as n, lateral (select ${now}::timestamptz + (2 * n + 1) * interval '1 minute') as of (moment)`
  }

  test('is whole at 100 entries, whatever they are of', async () => {
    await past(60, 40)
    expect(await seen()).toMatchObject({ history: { length: 100 }, isHistoryCut: false })
  })

  test('has no gap before its end, and says that there is more', async () => {
    await past(60, 101)
    const { history, isHistoryCut } = await seen()
    expect([history.length, isHistoryCut]).toEqual([100, true])
    const moments = history.map(({ at }) => at)
    expect(moments).toEqual(moments.toSorted().toReversed())
    // 42 answers came after the last change; before it the two take turns, one a minute.
    expect(moments.at(-1)).toBe(later(120 - 57).toISOString())
  })
})

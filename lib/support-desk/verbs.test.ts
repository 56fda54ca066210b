import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { addMember, createMember, createOrganization, createUser } from '@/db/factories'
import { mediaLimitRequests } from '@/db/schema'
import { testDatabaseWithMail } from '@/db/testing/setup'
import { verifyChain } from '@/lib/audit/verify-chain'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { sendDue } from '@/lib/notices/mail/send-due'
import { until } from '@/lib/verify/testing/until'
import { declineRequest } from './decline-request'
import { grantRequest } from './grant-request'
import { setMediaLimit } from './set-media-limit'
import { viewOrganization } from './view-organization'

const now = new Date('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const MiB = 1_048_576

const { owner, mail } = await testDatabaseWithMail()
let jordan: UserActor
let kim: UserActor
let admin: UserActor
let organizationId: string
let count = 0

async function staff(name: string): Promise<UserActor> {
  const email = `${name.toLowerCase()}-${count}@staff.example.com`
  const userId = await createUser({ email, name, isSupport: true })
  return { ...admin, userId, email, name, role: 'support', organizationId: 'platform' }
}

beforeEach(async () => {
  mail.mood = 'up'
  organizationId = await createOrganization({ name: `Org ${++count}`, timeZone: 'Europe/Berlin' })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'admin' })
  await createMember(organizationId, { email: `b${count}@example.com`, name: 'Ben', role: 'admin' })
  await createMember(organizationId, { email: `d${count}@example.com`, name: 'Dan', role: 'developer' })
  jordan = await staff('Jordan')
  kim = await staff('Kim')
})

const change = (facts: Partial<Parameters<typeof setMediaLimit>[0]> = {}) => ({
  organizationId,
  bytes: 20 * MiB,
  reason: 'A migration',
  seen: 0,
  ...facts,
})

async function ask(wantedBytes = 20 * MiB, reason = 'Longer videos'): Promise<string> {
  const id = newId('mlr')
  await db()
    .insert(mediaLimitRequests)
    .values({ id, organizationId, wantedBytes, reason, createdAt: now, createdBy: admin.userId })
  return id
}

async function seen(at = now) {
  const view = await viewOrganization(organizationId, at)
  if (!view) throw new Error('the organization is not there')
  return view
}

const events = (chain: string) =>
  owner`select action, actor_name, details from audit_events
    where chain = ${chain} and (chain = ${organizationId} or details->>'organizationId' = ${organizationId})
    order by sequence`

/** What people were told, who of them, and how the mail stands. */
async function told() {
  const rows = await owner`select facts, users.name, mailed_at is not null as "isMailed" from notices
    join notice_deliveries on notice_deliveries.notice_id = notices.id join users on users.id = user_id
    where notices.organization_id = ${organizationId} and kind = 'media-limit-decided'
    order by notices.created_at, users.name`
  return rows.map(({ facts, name, isMailed }) => ({ facts, name, isMailed }))
}
const sendMails = (at = later(60)) => sendDue(at, { patienceMs: 500 })
const waiting = () =>
  owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
const mailsTo = (letter: string) => mail.to(`${letter}${count}@example.com`)

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
    const before = [await seen(), await events(organizationId), await told()]
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
    expect([await seen(), await events(organizationId), await told()]).toEqual(before)
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
    await sendMails()
    expect(mailsTo('a')[0]?.subject).toBe(
      `Org ${count}: Granted in part: a media limit of 10 MiB instead of 20 MiB`,
    )
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
      select 'mlr_' || ${count} || 'x' || n, ${organizationId}, 1, 'Videos', moment, ${admin.userId}, moment,
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

describe('what the admins are told', () => {
  test('of a change: each admin once, and nobody else, who of the staff it was unsaid', async () => {
    await addMember(await createOrganization({ name: 'Elsewhere' }), admin.userId, 'admin')
    await setMediaLimit(change({ endsAt: later(60) }), jordan, now)
    const facts = {
      limitBytes: 20 * MiB,
      change: { fromBytes: 5 * MiB, endsAt: later(60).toISOString(), afterwardsBytes: 5 * MiB },
      request: null,
      reason: 'A migration',
    }
    expect(await told()).toEqual(['Ann', 'Ben'].map((name) => ({ facts, name, isMailed: false })))
    await setMediaLimit(change({ seen: 1, bytes: MiB }), jordan, later(1))
    expect(await told()).toHaveLength(4)
  })

  test('of an answer: once, with what was asked for and the limit that it leaves', async () => {
    const asked = { wantedBytes: 20 * MiB, reason: 'Longer videos', askedAt: now.toISOString() }
    await declineRequest({ organizationId, requestId: await ask(), reason: 'No' }, jordan, now)
    await grantRequest({ ...change({ bytes: 10 * MiB }), requestId: await ask() }, jordan, later(1))
    await grantRequest({ ...change({ seen: 1 }), requestId: await ask() }, jordan, later(2))
    await grantRequest({ ...change({ seen: 2 }), requestId: await ask() }, jordan, later(3))
    const forGood = { endsAt: null, afterwardsBytes: 20 * MiB }
    expect((await told()).filter(({ name }) => name === 'Ann').map(({ facts }) => facts)).toEqual([
      { limitBytes: 5 * MiB, change: null, request: { ...asked, decision: 'declined' }, reason: 'No' },
      {
        limitBytes: 10 * MiB,
        change: { fromBytes: 5 * MiB, endsAt: null, afterwardsBytes: 10 * MiB },
        request: { ...asked, decision: 'granted-less' },
        reason: 'A migration',
      },
      {
        limitBytes: 20 * MiB,
        change: { fromBytes: 10 * MiB, ...forGood },
        request: { ...asked, decision: 'granted' },
        reason: 'A migration',
      },
      {
        limitBytes: 20 * MiB,
        change: null,
        request: { ...asked, decision: 'granted' },
        reason: 'A migration',
      },
    ])
  })

  test('nothing by what is refused, nor by the slower of two at once', async () => {
    const requestId = await ask()
    expect((await grantRequest({ ...change({ bytes: 5 * MiB }), requestId }, jordan, now)).ok).toBe(false)
    expect((await setMediaLimit(change({ endsAt: later(-1) }), jordan, now)).ok).toBe(false)
    expect(await told()).toEqual([])
    const decline = { organizationId, requestId, reason: 'No' }
    await Promise.all([declineRequest(decline, jordan, now), declineRequest(decline, kim, now)])
    expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  })

  test('goes to who of the staff is an admin there only by the doing of another', async () => {
    await addMember(organizationId, jordan.userId, 'admin')
    await setMediaLimit(change(), jordan, now)
    expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben'])
    await setMediaLimit(change({ seen: 1, bytes: MiB }), kim, later(1))
    expect((await told()).map(({ name }) => name)).toEqual(['Ann', 'Ben', 'Ann', 'Ben', 'Jordan'])
  })

  test('is whole in a mail: both units, the end in the zone of the organization, and why', async () => {
    await setMediaLimit(change({ endsAt: new Date('2026-11-30T17:00:00Z') }), jordan, now)
    await sendMails()
    for (const letter of ['a', 'b']) {
      const [only, ...more] = mailsTo(letter)
      expect(more).toEqual([])
      expect(only?.subject).toBe(`Org ${count}: Support set the media limit to 20 MiB`)
      for (const part of [
        'The media limit is 20 MiB (20,971,520 bytes) until 30 Nov 2026, 18:00 CET; then it is 5 MiB (5,242,880 bytes) again.',
        'Support wrote: “A migration”.',
        'Limit before: 5 MiB (5,242,880 bytes), 6.7 MiB as Base64 (6,990,508 characters)',
        'Limit now: 20 MiB (20,971,520 bytes), 26.7 MiB as Base64 (27,962,028 characters)',
        'Open Settings > API: http://localhost:3000/',
      ])
        expect(only?.text).toContain(part)
      expect(only?.text).not.toContain('Jordan')
    }
    expect(mailsTo('d')).toEqual([])
  })

  test('of a lower limit says what is refused from then on', async () => {
    await setMediaLimit(change({ bytes: MiB }), jordan, now)
    await sendMails()
    expect(mailsTo('a')[0]?.text).toContain('Uploads that are larger than the new limit are refused')
  })

  test('of an answer names the decision, and the request', async () => {
    await declineRequest({ organizationId, requestId: await ask(), reason: 'Not before 2027' }, jordan, now)
    await sendMails()
    for (const letter of ['a', 'b']) {
      const [only] = mailsTo(letter)
      expect(only?.subject).toBe(`Org ${count}: Declined: a media limit of 20 MiB`)
      expect(only?.text).toContain('The media limit stays 5 MiB (5,242,880 bytes).')
      expect(only?.text).toContain('Support wrote: “Not before 2027”.')
      expect(only?.text).toContain(
        'of 20 Nov 2026, 13:00 CET for 20 MiB (20,971,520 bytes): “Longer videos”.',
      )
    }
  })

  test('hostile names and reasons break neither a header nor the HTML', async () => {
    const hostile = `<script>alert(1)</script>\r\nBcc: eve@example.com\r\n\r\n${'😀"&\u2028'.repeat(100)}`
    await owner`update organizations set name = ${hostile} where id = ${organizationId}`
    const requestId = await ask(20 * MiB, hostile)
    await grantRequest({ ...change({ reason: hostile }), requestId }, jordan, now)
    await sendMails()
    const [only] = mailsTo('a')
    expect(only?.subject).not.toMatch(/[\p{Cc}\u2028]/u)
    expect(only?.subject).toContain('<script>')
    expect(only?.html).not.toContain('<script')
    expect(mail.to('eve@example.com')).toEqual([])
  })

  test('waits while mail is down, stands under Notifications meanwhile, and is sent once it is up', async () => {
    mail.mood = 'dead'
    await setMediaLimit(change(), jordan, now)
    await sendMails(later(1))
    expect((await told()).map(({ isMailed }) => isMailed)).toEqual([false, false])
    mail.mood = 'up'
    await owner`update memberships set role = 'developer' where organization_id = ${organizationId}
      and user_id <> ${admin.userId}`
    await sendMails(later(60))
    await sendMails(later(120))
    expect((await told()).map(({ name, isMailed }) => [name, isMailed])).toEqual([
      ['Ann', true],
      ['Ben', false],
    ])
    expect([mailsTo('a').length, mailsTo('b').length]).toEqual([1, 0])
  })

  test('is nothing in an organization without admins, which is changed all the same', async () => {
    const empty = await createOrganization({ name: 'Empty' })
    expect(await setMediaLimit(change({ organizationId: empty }), jordan, now)).toMatchObject({ ok: true })
    expect((await viewOrganization(empty, now))?.limit.bytes).toBe(20 * MiB)
  })
})

test('a decision waits for an admin who is joining elsewhere without keeping them from the audit log', async () => {
  const requestId = await ask()
  const verbs = [
    () => setMediaLimit(change({ bytes: MiB }), jordan, now),
    () => declineRequest({ organizationId, requestId, reason: 'No' }, jordan, now),
  ]
  for (const verb of verbs) {
    const { deciding } = await owner.begin(async (joining) => {
      await joining`select 1 from users where id = ${admin.userId} for update`
      const deciding = verb()
      await until(async () => (await waiting()).length > 0)
      await joining`select 1 from audit_heads where chain in (${organizationId}, 'platform') for update nowait`
      return { deciding }
    })
    expect(await deciding).toMatchObject({ ok: true })
  }
})

import { beforeEach, describe, expect, test } from 'vitest'
import { createMember, createOrganization, createUser } from '@/db/factories'
import { testDatabaseWithMail } from '@/db/testing/setup'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { largestMediaLimitBytes } from './limit'
import { readMedia } from './read-media'
import { requestLimit } from './request-limit'

const at = new Date('2026-03-01T10:00:00Z')
const minute = (n: number) => new Date(at.getTime() + n * 60_000)
const limitBytes = 5_242_880
const asked = { wantedBytes: 20_971_520, reason: 'Scans of contracts' }

const { owner, mail } = await testDatabaseWithMail()
const supportId = await createUser({ email: 'jordan@example.com', name: 'Jordan', isSupport: true })
await createUser({ email: 'kim@example.com', isSupport: true })

let admin: UserActor
let other: UserActor
let organizationId: string
let count = 0

beforeEach(async () => {
  mail.mood = 'up'
  organizationId = await createOrganization({ name: `Org ${++count}` })
  admin = await createMember(organizationId, { email: `a${count}@example.com`, name: 'Ann', role: 'admin' })
  other = await createMember(organizationId, { email: `b${count}@example.com`, name: 'Ben', role: 'admin' })
})

const events = () =>
  owner`select action, actor_id, subject_id, details from audit_events where chain = ${organizationId} order by sequence`
const requests = () => owner`select * from media_limit_requests where organization_id = ${organizationId}`
const mailsFor = (address: string) =>
  mail.to(address).filter((each) => each.subject.startsWith(`Org ${count} `))

async function answer(grantedBytes: number | null, when: Date, answered = 'Because') {
  await owner`update media_limit_requests set answered_at = ${when}, answered_by = ${supportId},
    granted_bytes = ${grantedBytes}, answer = ${answered} where organization_id = ${organizationId} and answered_at is null`
}

async function change(number: number, toBytes: number, when: Date, requestId: string | null = null) {
  await owner`insert into media_limit_changes values (${organizationId}, ${number}, ${limitBytes}, ${toBytes}, null,
    ${`reason ${number}`}, ${when}, ${supportId}, ${requestId})`
}

describe('asking', () => {
  test('is recorded, changes no limit, and tells each of the staff', async () => {
    const outcome = await requestLimit(asked, admin, at)
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(await events()).toMatchObject([
      {
        action: 'media.limit-requested',
        actor_id: admin.userId,
        subject_id: outcome.value.id,
        details: { ...asked, limitBytes },
      },
    ])
    expect(await readMedia(organizationId, at)).toMatchObject({
      limit: { mediaLimitBytes: limitBytes, temporaryMediaLimitBytes: null },
      openRequest: { ...asked, createdBy: 'Ann', createdAt: at.toISOString() },
      decisions: [],
    })
    for (const address of ['jordan@example.com', 'kim@example.com']) {
      expect(mailsFor(address)).toHaveLength(1)
      expect(mailsFor(address)[0]?.text).toContain('20 MiB (20,971,520 bytes)')
      expect(mailsFor(address)[0]?.text).toContain('Scans of contracts')
    }
  })

  test('a mail that is not taken undoes nothing', async () => {
    mail.mood = 'refusing'
    expect((await requestLimit(asked, admin, at)).ok).toBe(true)
    expect(await requests()).toHaveLength(1)
  })

  test('for what the limit already is, or for more than can be set, is refused and leaves no trace', async () => {
    const wants = (wantedBytes: number) => requestLimit({ ...asked, wantedBytes }, admin, at)
    expect(await wants(limitBytes)).toMatchObject({ reason: 'not-larger', details: { limitBytes } })
    expect(await wants(largestMediaLimitBytes + 1)).toMatchObject({
      reason: 'too-large',
      details: { largestBytes: largestMediaLimitBytes },
    })
    expect([await requests(), await events()]).toEqual([[], []])
    expect((await wants(limitBytes + 1)).ok).toBe(true)
  })

  test('a temporary limit hinders nobody from asking for as much for good', async () => {
    await owner`update organizations set temporary_media_limit_bytes = ${asked.wantedBytes},
      temporary_media_limit_ends_at = ${minute(10)} where id = ${organizationId}`
    expect((await requestLimit(asked, admin, at)).ok).toBe(true)
  })
})

describe('one open request', () => {
  test('the next one is told what is open', async () => {
    await requestLimit(asked, admin, at)
    expect(await requestLimit({ wantedBytes: 9_000_000, reason: 'Mine' }, other, minute(1))).toEqual({
      ok: false,
      reason: 'already-open',
      details: { wantedBytes: asked.wantedBytes, by: 'Ann', at },
    })
    expect(await requests()).toMatchObject([{ reason: asked.reason }])
    expect(mailsFor('kim@example.com')).toHaveLength(1)
  })

  test('50 at once leave one, one event and one mail for each of the staff', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => requestLimit(asked, i % 2 ? admin : other, at)),
    )
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect([(await requests()).length, (await events()).length]).toEqual([1, 1])
    expect(mailsFor('jordan@example.com')).toHaveLength(1)
  })

  test('Postgres itself takes no second one', async () => {
    await requestLimit(asked, admin, at)
    await expect(
      owner`insert into media_limit_requests (id, organization_id, wanted_bytes, reason, created_at, created_by)
        values (${newId('mlr')}, ${organizationId}, 1, 'x', ${at}, ${admin.userId})`,
    ).rejects.toThrow('media_limit_requests_one_open')
  })

  test('after the answer there may be another', async () => {
    await requestLimit(asked, admin, at)
    await answer(null, minute(1))
    expect((await requestLimit(asked, other, minute(2))).ok).toBe(true)
  })

  test('that of another organization is not seen', async () => {
    await requestLimit(asked, admin, at)
    const elsewhere = await createOrganization({ name: 'Elsewhere' })
    expect((await readMedia(elsewhere, at)).openRequest).toBeNull()
  })
})

describe('what support decided', () => {
  test('stands newest first: declined, granted less by a change, and a change without a request', async () => {
    const first = await requestLimit(asked, admin, at)
    if (!first.ok) throw new Error(first.reason)
    await answer(10_000_000, minute(1), 'Less will do')
    await change(1, 10_000_000, minute(1), first.value.id)
    await requestLimit(asked, admin, minute(2))
    await answer(null, minute(3), 'Not now')
    await change(2, 6_000_000, minute(4))
    const { decisions, openRequest } = await readMedia(organizationId, minute(5))
    expect(openRequest).toBeNull()
    expect(decisions).toMatchObject([
      { kind: 'changed', bytes: 6_000_000, wantedBytes: null, by: 'Jordan', reason: 'reason 2' },
      { kind: 'declined', bytes: null, wantedBytes: asked.wantedBytes, by: 'Jordan', reason: 'Not now' },
      { kind: 'granted-less', bytes: 10_000_000, wantedBytes: asked.wantedBytes, by: 'Jordan' },
    ])
  })

  test('a grant of what the limit already was needs no change', async () => {
    await requestLimit(asked, admin, at)
    await answer(asked.wantedBytes, minute(1), 'You have it')
    expect((await readMedia(organizationId, minute(2))).decisions).toMatchObject([
      { kind: 'granted', bytes: asked.wantedBytes, reason: 'You have it' },
    ])
  })
})

test('files are counted and summed for the organization alone', async () => {
  const elsewhere = await createOrganization({ name: 'Elsewhere' })
  for (const [id, bytes] of [
    [organizationId, 3],
    [organizationId, 4_000_000_000],
    [elsewhere, 7],
  ] as const)
    await owner`insert into media values (${newId('med')}, ${id}, 'key', 'a.png', 'image/png', ${bytes},
      ${Buffer.alloc(32)}, ${at})`
  expect(await readMedia(organizationId, at)).toMatchObject({ files: 2, totalBytes: 4_000_000_003 })
})

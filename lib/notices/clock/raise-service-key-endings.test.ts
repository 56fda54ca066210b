import { expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import {
  addServiceKeyUse,
  noticesOf,
  type Told,
  toldOrganization,
  untilNone,
} from '@/lib/notices/testing/organization'
import { day, hour, minute, momentsOf, oddSpans, shownBy } from '@/lib/notices/testing/sweeps'
import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { enable } from '@/lib/service-keys/enable'
import { generated } from '@/lib/service-keys/testing/service-keys'
import { setTimeZone } from '@/lib/settings/set-time-zone'
import { raiseServiceKeyEndings } from './raise-service-key-endings'

const { owner } = await testDatabase()
const made = new Date('2026-03-01T10:00:00Z')
const end = new Date('2026-03-30T18:00:00Z')
let count = 0

const organization = (timeZone = 'Europe/Berlin') =>
  toldOrganization(owner, { name: `Org ${++count}`, timeZone })

async function keyOf({ organizationId, admin }: Told, { at = made, expiresAt = end, isUsed = true } = {}) {
  const { keyId } = await generated(admin, { name: 'Till', serviceUser: { name: 'Tills' }, expiresAt }, at)
  if (isUsed) await addServiceKeyUse(owner, { organizationId, keyId, at })
  return keyId
}

const sweep = (now: Date) => untilNone(() => raiseServiceKeyEndings(now))
const days = async (keyId: string) => (await noticesOf(owner, keyId)).map(({ occasion }) => occasion)
const sweepAll = async (from: Date | string, to: Date | string, everyMs: number) => {
  for (const at of momentsOf(from, to, everyMs)) await sweep(at)
}

test('a key is spoken of once a day from 14 days before its end, to those who get Account alerts', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await sweepAll('2026-03-10T00:00:00Z', '2026-04-02T00:00:00Z', 3 * hour)
  const notices = await noticesOf(owner, keyId)
  expect(notices.map(({ occasion }) => occasion)).toEqual(
    Array.from({ length: 15 }, (_, index) => `2026-03-${16 + index}`),
  )
  expect(notices[0]).toEqual({
    kind: 'service-key-ending',
    occasion: '2026-03-16',
    facts: {
      keyId,
      name: 'Till',
      serviceUser: 'Tills',
      key: expect.stringMatching(/^kt_svc_\w{4}…\w{4}$/),
      endsAt: end.toISOString(),
      lastUse: { at: made.toISOString(), address: '198.51.100.20', userAgent: 'acme/3.1' },
    },
    recipients: [place.told.userId],
  })
})

test('nothing is said before nine in the morning, by the clocks of the organization', async () => {
  const keyId = await keyOf(await organization('America/St_Johns'))
  await sweep(new Date('2026-03-20T11:29:59Z'))
  expect(await days(keyId)).toEqual([])
  await sweep(new Date('2026-03-20T11:30:00Z'))
  expect(await days(keyId)).toEqual(['2026-03-20'])
})

test('a key that was made in the course of the day is spoken of from the next morning on', async () => {
  const keyId = await keyOf(await organization(), { at: new Date('2026-03-20T08:00:00Z') })
  await sweepAll('2026-03-20T08:00:00Z', '2026-03-21T09:00:00Z', hour)
  expect(await days(keyId)).toEqual(['2026-03-21'])
})

test('a key that ends before nine is not spoken of on its last day', async () => {
  const keyId = await keyOf(await organization(), { expiresAt: new Date('2026-03-30T06:59:00Z') })
  await sweepAll('2026-03-28T12:00:00Z', '2026-03-31T12:00:00Z', 30 * minute)
  expect(await days(keyId)).toEqual(['2026-03-28', '2026-03-29'])
})

test('nobody hears of a key while it is disabled, nor of one that was deleted', async () => {
  const place = await organization()
  const [disabled, deleted] = [await keyOf(place), await keyOf(place)]
  await disable({ keyId: disabled }, place.admin, new Date('2026-03-18T00:00:00Z'))
  await deleteKey({ keyId: deleted, typedName: 'Till' }, place.admin, new Date('2026-03-18T00:00:00Z'))
  await sweepAll('2026-03-18T00:00:00Z', '2026-03-20T00:00:00Z', hour)
  await enable({ keyId: disabled }, place.admin, new Date('2026-03-20T00:00:00Z'))
  await sweepAll('2026-03-20T00:00:00Z', '2026-03-21T00:00:00Z', hour)
  expect([await days(disabled), await days(deleted)]).toEqual([['2026-03-20'], []])
})

test('an organization that never used the API hears nothing, until one of its keys was used', async () => {
  const place = await organization()
  const keyId = await keyOf(place, { isUsed: false })
  await sweep(new Date('2026-03-18T12:00:00Z'))
  expect(await days(keyId)).toEqual([])
  await keyOf(place)
  await sweep(new Date('2026-03-19T12:00:00Z'))
  expect(await noticesOf(owner, keyId)).toMatchObject([{ occasion: '2026-03-19', facts: { lastUse: null } }])
})

test('where nobody gets Account alerts nothing is raised', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await owner`update groups set account_alerts = false where organization_id = ${place.organizationId}`
  await sweep(new Date('2026-03-18T12:00:00Z'))
  expect(await days(keyId)).toEqual([])
})

test('a zone that nobody here knows keeps nobody from hearing', async () => {
  const [odd, other] = [await organization('Mars/Phobos'), await organization()]
  const [oddId, otherId] = [await keyOf(odd), await keyOf(other)]
  await sweep(new Date('2026-03-18T12:00:00Z'))
  expect([await days(oddId), await days(otherId)]).toEqual([['2026-03-18'], ['2026-03-18']])
  // The tests after this one have clocks of their own.
  await owner`update organizations set time_zone = 'UTC' where id = ${odd.organizationId}`
})

test('an organization that goes to another zone hears once of each day', async () => {
  const place = await organization('Pacific/Apia')
  const keyId = await keyOf(place)
  await sweepAll('2026-03-17T19:00:00Z', '2026-03-19T19:00:00Z', hour)
  await setTimeZone({ from: 'Pacific/Apia', timeZone: 'Pacific/Pago_Pago' }, place.admin, end)
  await sweepAll('2026-03-19T20:00:00Z', '2026-03-21T21:00:00Z', hour)
  expect(await days(keyId)).toEqual(['2026-03-18', '2026-03-19', '2026-03-20', '2026-03-21'])
})

test.each(oddSpans)(
  '%s in %s: once a day, also by a clock that is set back two hours',
  async (_, timeZone, from, to) => {
    const place = await organization(timeZone)
    const made = new Date(Date.parse(from) - 30 * day)
    const keyId = await keyOf(place, { at: made, expiresAt: new Date(Date.parse(to) + 5 * day) })
    const shown = shownBy(timeZone)
    const due = new Set<string>()
    for (const at of momentsOf(from, to, 15 * minute)) {
      const time = shown(at).slice(11)
      if (time >= '09:00:00') due.add(shown(at).slice(0, 10))
      // Around where the day or its morning begins; every other moment is tried without a database (local-day.test.ts).
      if (!/^(00:[03]0|08:45|09:00|1[019]:00)/.test(time)) continue
      await sweep(at)
      await sweep(new Date(at.getTime() - 2 * hour))
    }
    const told = await days(keyId)
    const first = shown(new Date(from)).slice(0, 10)
    expect(told.filter((date) => date >= first)).toEqual([...due])
    expect(new Set(told).size).toBe(told.length)
  },
)

test('three who sweep at once say each thing once, in batches of any size', async () => {
  const places = await Promise.all([
    organization(),
    organization('Asia/Tokyo'),
    organization('America/New_York'),
  ])
  const keyIds: string[] = []
  for (const place of places)
    for (let n = 0; n < 8; n++)
      keyIds.push(await keyOf(place, { expiresAt: new Date(end.getTime() + n * hour) }))
  for (const at of momentsOf('2026-03-24T00:30:00Z', '2026-03-26T00:30:00Z', 3 * hour))
    await Promise.all(
      [1, 3, 500].map((batch) => {
        const found: string[] = []
        return untilNone(() => raiseServiceKeyEndings(at, { batch, found }))
      }),
    )
  await sweep(new Date('2026-03-26T00:30:00Z'))
  for (const keyId of keyIds) {
    const told = await days(keyId)
    expect(new Set(told).size).toBe(told.length)
    expect(told.length).toBeGreaterThanOrEqual(2)
  }
  const [counted] = await owner`select count(*)::int as count from notice_deliveries
    group by notice_id, user_id order by 1 desc limit 1`
  expect(counted?.count).toBe(1)
})

test('whoever is about to delete a key comes first', async () => {
  const place = await organization()
  const keyId = await keyOf(place)
  await owner.begin(async (sql) => {
    await sql`update service_keys set deleted_at = '2026-03-18T11:00:00Z', changed_at = '2026-03-18T11:00:00Z'
      where id = ${keyId}`
    await sweep(new Date('2026-03-18T12:00:00Z'))
  })
  await sweep(new Date('2026-03-18T12:00:00Z'))
  expect(await days(keyId)).toEqual([])
})

test('whoever is at a key keeps nobody from hearing of another', async () => {
  const place = await organization()
  const [first, second] = [await keyOf(place), await keyOf(place, { expiresAt: new Date(end.getTime() + 1) })]
  await owner.begin(async (sql) => {
    await sql`select 1 from service_keys where id = ${first} for update`
    await untilNone(() => raiseServiceKeyEndings(new Date('2026-03-18T12:00:00Z'), { batch: 1 }))
  })
  expect([await days(first), await days(second)]).toEqual([[], ['2026-03-18']])
})

test('of what a look found only that is told which is still so, and what has become due meanwhile as well', async () => {
  const place = await organization()
  const [morning, noon] = [new Date('2027-05-10T08:00:00Z'), new Date('2027-05-10T12:00:00Z')]
  const endingAt = (expiresAt: string) =>
    keyOf(place, { at: new Date('2027-05-01T00:00:00Z'), expiresAt: new Date(expiresAt) })
  const told = await endingAt('2027-05-10T09:00:00Z')
  const ended = await endingAt('2027-05-10T10:00:00Z')
  const disabled = await endingAt('2027-05-11T00:00:00Z')
  const found: string[] = []
  expect(await raiseServiceKeyEndings(morning, { batch: 1, found })).toBe(1)
  expect(found).toEqual([ended, disabled])
  await disable({ keyId: disabled }, place.admin, noon)
  const late = await endingAt('2027-05-12T00:00:00Z')
  expect(await untilNone(() => raiseServiceKeyEndings(noon, { batch: 1, found }))).toBe(1)
  const today = ['2027-05-10']
  expect(await Promise.all([told, ended, disabled, late].map(days))).toEqual([today, [], [], today])
})

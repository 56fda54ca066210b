import { hash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { DatabaseLine } from '@/db/testing/line'
import { ListKeeper, type ListKeeperOptions } from './list-keeper'
import { knownAfterReplacementDays } from './list-rows'
import {
  day,
  deleteKey,
  deleteServiceKey,
  insertKey,
  insertOrganization,
  insertRevokedKey,
  insertServiceKey,
  insertSigner,
  replaceServiceKeySecret,
  setServiceKeyDisabled,
} from './testing/rows'
import { until } from './testing/until'

let database: FreshDatabase
let sql: postgres.Sql
const keepers: ListKeeper[] = []
const log = { info() {}, warn() {} }

beforeAll(async () => {
  database = await freshDatabase()
  sql = postgres(database.ownerUrl, { max: 3, onnotice: () => {} })
})

afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.stop()
})

afterAll(async () => {
  await sql?.end()
  await database?.drop()
})

async function keep(options: Partial<ListKeeperOptions> = {}): Promise<ListKeeper> {
  const keeper = new ListKeeper({ databaseUrl: database.url, log, staleAfterMs: 60_000, ...options })
  keepers.push(keeper)
  keeper.start()
  await until(() => keeper.trust() === 'current')
  return keeper
}

const hours = 3_600_000

test('a NOTIFY is enough: each kind of change arrives without a heartbeat', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const key = await insertKey(sql, organizationId)
  await until(() => keeper.list.key(key.id)?.deletedAt === null)

  await sql`update organizations set iso_utc_format = false, time_zone = 'Asia/Tokyo' where id = ${organizationId}`
  await until(() => keeper.list.key(key.id)?.organization.timeZone === 'Asia/Tokyo')

  const signer = await insertSigner(sql)
  await until(() => keeper.list.signingKey(signer.kid) !== undefined)
  await sql`delete from signing_keys where kid = ${signer.kid}`
  await until(() => keeper.list.signingKey(signer.kid) === undefined)

  await deleteKey(sql, key)
  await until(() => keeper.list.key(key.id)?.deletedAt !== null)
  await sql`delete from organization_keys where id = ${key.id}`
  await until(() => keeper.list.key(key.id) === undefined)
})

const digestOf = (text: string) => hash('sha256', text, 'base64')

test('every change of a service key arrives by its NOTIFY, and so do those of its organization', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const expiresAt = new Date(Date.now() + 10 * day)
  const key = await insertServiceKey(sql, organizationId, {
    name: 'Nightly export',
    accessLevel: 'read',
    allowedRanges: ['10.0.0.0/8', '2001:db8::/32'],
    expiresAt,
  })
  const entry = (text = key.text) => keeper.list.keyByDigest(digestOf(text))
  await until(() => entry() !== undefined)
  expect(entry()).toMatchObject({
    id: key.id,
    name: 'Nightly export',
    serviceUser: key.serviceUser,
    accessLevel: 'read',
    allowedRanges: { texts: ['10.0.0.0/8', '2001:db8::/32'] },
    expiresAt: expiresAt.getTime(),
    revokedAt: null,
    disabledAt: null,
    deletedAt: null,
  })
  expect(keeper.list.key(key.id)).toBe(entry())

  await setServiceKeyDisabled(sql, key, new Date())
  await until(() => entry()?.disabledAt !== null)
  await setServiceKeyDisabled(sql, key, null)
  await until(() => entry()?.disabledAt === null)

  await sql`update service_keys set allowed_ranges = '{}', access_level = 'full', name = 'Export', changed_at = now()
    where id = ${key.id}`
  await until(() => entry()?.allowedRanges === null)
  expect(entry()).toMatchObject({ name: 'Export', accessLevel: 'full' })

  await sql`update organizations set time_zone = 'Asia/Tokyo' where id = ${organizationId}`
  await until(() => entry()?.organization.timeZone === 'Asia/Tokyo')

  await deleteServiceKey(sql, key)
  await until(() => entry() === undefined)
  expect(keeper.list.key(key.id)).toBeUndefined()
})

test('a service key is known by every secret that it has or had, after each change and when all is read', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const key = await insertServiceKey(sql, organizationId)
  const now = new Date()
  const second = await replaceServiceKeySecret(sql, key, now, new Date(now.getTime() + day))
  const third = await replaceServiceKeySecret(
    sql,
    key,
    new Date(now.getTime() + 1),
    new Date(now.getTime() + 1),
  )
  const factsOf = ({ list }: ListKeeper) =>
    [key.text, second, third].map((text) => {
      const entry = list.keyByDigest(digestOf(text))
      return entry && [entry.id, entry.revokedAt, entry.acceptedUntil, entry.organization.name]
    })
  const facts = (organizationName: string) => [
    [key.id, now.getTime(), now.getTime() + day, organizationName],
    [key.id, now.getTime() + 1, now.getTime() + 1, organizationName],
    [key.id, null, null, organizationName],
  ]
  await until(() => keeper.list.keyByDigest(digestOf(third)) !== undefined)
  expect(factsOf(keeper)).toEqual(facts('Northwind'))
  for (const name of ['Contoso', 'Fabrikam']) {
    await sql`update organizations set name = ${name} where id = ${organizationId}`
    await until(() => keeper.list.key(key.id)?.organization.name === name)
    expect(factsOf(keeper)).toEqual(facts(name))
  }
  const other = await keep()
  expect(factsOf(other)).toEqual(facts('Fabrikam'))
  expect(other.list.key(key.id)).toBe(other.list.keyByDigest(digestOf(third)))

  await deleteServiceKey(sql, key)
  await until(() => keeper.list.key(key.id) === undefined)
  expect(factsOf(keeper)).toEqual([undefined, undefined, undefined])
})

test('a former secret is known for some time after it was replaced, and its row stays', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const ago = (days: number) => new Date(Date.now() - days * day)
  const key = await insertServiceKey(sql, organizationId, { createdAt: ago(200) })
  const known = knownAfterReplacementDays
  const second = await replaceServiceKeySecret(sql, key, ago(known + 0.01), ago(known - 6))
  const third = await replaceServiceKeySecret(sql, key, ago(known - 0.01), ago(known - 6))
  const knows = ({ list }: ListKeeper) =>
    [key.text, second, third].map((text) => list.keyByDigest(digestOf(text))?.id)
  await until(() => keeper.list.keyByDigest(digestOf(third)) !== undefined)
  expect(knows(keeper)).toEqual([undefined, key.id, key.id])
  expect(knows(await keep())).toEqual([undefined, key.id, key.id])
  const [rows] = await sql`select count(*)::int from service_key_secrets where key_id = ${key.id}`
  expect(rows?.count).toBe(3)
})

test('a key and its organization changed at once: nothing of the key as it was is left', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const [rotated, deleted] = [
    await insertServiceKey(sql, organizationId),
    await insertServiceKey(sql, organizationId),
  ]
  await until(() => keeper.list.key(deleted.id) !== undefined)
  const now = new Date()
  await sql.begin(async (tx) => {
    await tx`update organizations set name = 'Contoso' where id = ${organizationId}`
    await deleteServiceKey(tx, deleted)
    await replaceServiceKeySecret(tx, rotated, now, now)
    await tx`update organizations set name = 'Fabrikam' where id = ${organizationId}`
  })
  await until(() => keeper.list.key(rotated.id)?.organization.name === 'Fabrikam')
  expect(keeper.list.keyByDigest(digestOf(rotated.text))?.acceptedUntil).toBe(now.getTime())
  expect(keeper.list.keyByDigest(digestOf(deleted.text))).toBeUndefined()
  expect(keeper.list.key(deleted.id)).toBeUndefined()
})

test('keys with the same ranges, and of the same service user, share them in memory', async () => {
  const organizationId = await insertOrganization(sql)
  const facts = { allowedRanges: ['192.0.2.0/24'] }
  const one = await insertServiceKey(sql, organizationId, facts)
  const two = await insertServiceKey(sql, organizationId, { ...facts, serviceUser: one.serviceUser })
  const { list } = await keep()
  expect(list.key(one.id)?.allowedRanges).toBe(list.key(two.id)?.allowedRanges)
  expect(list.key(one.id)?.serviceUser).toBe(list.key(two.id)?.serviceUser)
})

test('a heartbeat is enough: a change arrives although its NOTIFY was lost', async () => {
  const keeper = await keep({ heartbeatMs: 50 })
  const organizationId = await insertOrganization(sql)
  // Triggers are off for this session, so the version moves by hand and nobody is notified.
  const key = await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    const inserted = await insertKey(tx, organizationId)
    const [row] =
      await tx`update operational_version set version = version + 1 where id = 1 returning version`
    await tx`insert into operational_changes (version, kind, id) values (${row?.version}, 'organization-key', ${inserted.id})`
    return inserted
  })
  await until(() => keeper.list.key(key.id) !== undefined)
})

test('a change whose record was pruned is found by reading everything again', async () => {
  const keeper = await keep({ heartbeatMs: 50 })
  const before = keeper.list
  const organizationId = await insertOrganization(sql)
  const key = await sql.begin(async (tx) => {
    const inserted = await insertKey(tx, organizationId)
    await tx`delete from operational_changes`
    return inserted
  })
  await until(() => keeper.list.key(key.id) !== undefined)
  expect(keeper.list).not.toBe(before)
})

test('a database that went back in time is read again', async () => {
  const keeper = await keep({ heartbeatMs: 50 })
  const before = keeper.list
  await sql`update operational_version set version = 1 where id = 1`
  await until(() => keeper.list !== before && keeper.list.version === 1)
  await sql`update operational_version set version = 1000 where id = 1`
})

test('several statements of one transaction arrive', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const revokedAt = new Date()
  const { key, successor } = await insertRevokedKey(sql, organizationId, {
    revokedAt,
    acceptedUntil: new Date(revokedAt.getTime() + day),
  })
  await until(() => keeper.list.key(successor.id) !== undefined)
  expect(keeper.list.key(key.id)?.revokedAt).toBe(revokedAt.getTime())
})

test('a cut connection is noticed at once and made again; what happened meanwhile is caught up', async () => {
  const keeper = await keep({ heartbeatMs: hours })
  const organizationId = await insertOrganization(sql)
  const key = await sql.begin(async (tx) => {
    const inserted = await insertKey(tx, organizationId)
    await tx`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'keyturn-api' and datname = current_database()`
    return inserted
  })
  await until(() => keeper.trust() === 'current' && keeper.list.key(key.id) !== undefined)
})

test('a database that is not there is waited for', async () => {
  const url = new URL(database.url)
  url.port = '1'
  const keeper = new ListKeeper({ databaseUrl: url.href, log, staleAfterMs: 60_000 })
  keepers.push(keeper)
  keeper.start()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(keeper.trust()).toBe('stale')
})

test('silence beyond the budget ends the trust, without any event', async () => {
  let elapsed = 0
  const keeper = await keep({ heartbeatMs: hours, elapsed: () => elapsed })
  elapsed = 60_000
  expect(keeper.trust()).toBe('current')
  elapsed = 60_001
  expect(keeper.trust()).toBe('stale')
})

test.each(['before', 'after'] as const)(
  'a connection that is lost %s any statement is made again',
  async (when) => {
    const line = await DatabaseLine.to(database.url)
    const organizationId = await insertOrganization(sql)
    const key = await insertKey(sql, organizationId)
    const keeper = await keep({ databaseUrl: line.url, heartbeatMs: hours })
    for (let at = 1; at <= 20; at++) {
      line.start({ at, when })
      await sql`update organizations set name = ${`${when} ${at}`} where id = ${organizationId}`
      await until(() => keeper.list.key(key.id)?.organization.name === `${when} ${at}`)
    }
    await keeper.stop()
    await line.close()
  },
)

test('a connection on which any statement stays without an answer is given up', async () => {
  const line = await DatabaseLine.to(database.url)
  const organizationId = await insertOrganization(sql)
  const key = await insertKey(sql, organizationId)
  const impatient = { answerWithinMs: 100, wholeListWithinMs: 200 }
  const keeper = await keep({ databaseUrl: line.url, heartbeatMs: hours, ...impatient })
  for (let at = 1; at <= 12; at++) {
    line.start({ at, when: 'silently' })
    await sql`update organizations set name = ${`silent ${at}`} where id = ${organizationId}`
    await until(() => keeper.list.key(key.id)?.organization.name === `silent ${at}`)
  }
  await keeper.stop()
  await line.close()
})

test('stopping does not wait for a database that is silent', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const url = new URL(database.url)
  url.port = String((silent.address() as AddressInfo).port)
  const keeper = new ListKeeper({ databaseUrl: url.href, log, staleAfterMs: 60_000 })
  keeper.start()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await keeper.stop()
  silent.close()
})

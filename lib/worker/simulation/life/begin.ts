import type postgres from 'postgres'
import { newId } from '@/lib/id'
import { type MemberRole, memberRoles } from '@/lib/members/roles'
import { issue } from '@/lib/organization-keys/issue'
import { History } from '@/lib/worker/simulation/facts/history'
import { newKey } from '@/lib/worker/simulation/facts/organization-key'
import { anyOf, between, chance, type Random } from '@/lib/worker/simulation/facts/random'
import { day, hour, type Organization, type World } from '@/lib/worker/simulation/facts/world'
import { anAdmin, expectTold, succeed } from './act'
import { noteAudience } from './people'
import { makeServiceKey } from './service-keys'

export const timeZones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
] as const

/** A few organizations replace their keys very often, most of them seldom. */
const shortIntervals = [1, 2, 7, 14]
const usualIntervals = [30, 30, 60, 60, 90, 90, 90, 180, 180, 180, 365]

/** Organizations with their people and keys, as they stand when a simulation begins. */
export async function beginWorld(
  owner: postgres.Sql,
  random: Random,
  {
    start,
    organizations,
    serviceKeys,
    longestLifeDays,
  }: {
    start: number
    organizations: number
    serviceKeys: number
    longestLifeDays: number
  },
): Promise<World> {
  const people = Array.from({ length: organizations }, (_, n) => [newId('usr'), `p${n}@example.com`] as const)
  const world: World = {
    organizations: Array.from({ length: organizations }, (_, n) =>
      someOrganization(
        random,
        n,
        people.map(([id]) => id),
      ),
    ),
    organizationKeys: new Map(),
    serviceKeys: new Map(),
    people: new Map(people),
    acts: [],
    longestLifeDays,
  }
  await insertPeople(owner, world, start - 400 * day)
  for (const organization of world.organizations) {
    noteAudience(organization, 0)
    const { replaceEveryDays } = organization
    // Not older than it may be without being due.
    const age = between(random, hour, (replaceEveryDays - Math.min(30, replaceEveryDays / 2)) * day)
    const at = new Date(start - age)
    const doing = { world, random, at, phase: 0 }
    const actor = anAdmin(organization, doing)
    const { keyId } = await succeed(issue({}, actor, at))
    expectTold('organization-key-issued', keyId, doing, organization.admins.latest, actor)
    organization.current = newKey(organization, keyId, at.getTime(), chance(random, 50))
    world.organizationKeys.set(keyId, organization.current)
  }
  while (world.serviceKeys.size < serviceKeys) {
    const organization = anyOf(world.organizations, random)
    const at = new Date(start - between(random, hour, 2 * day))
    if (organization) await makeServiceKey(organization, { world, random, at, phase: 0 })
  }
  return world
}

function someOrganization(random: Random, n: number, people: readonly string[]): Organization {
  const members = new Map<string, MemberRole>()
  const size = between(random, 1, 4)
  for (let place = 0; place < size; place++) {
    const userId = anyOf(people, random) ?? ''
    members.set(userId, place === 0 ? 'admin' : (anyOf(memberRoles, random) ?? 'member'))
  }
  // The first one may have been drawn twice.
  if (![...members.values()].includes('admin'))
    for (const userId of [...members.keys()].slice(0, 1)) members.set(userId, 'admin')
  const groups = [true, chance(random, 30)].map((alerts) => ({
    id: newId('grp'),
    alerts,
    members: new Set([...members.keys()].filter(() => chance(random, 70))),
  }))
  return {
    id: newId('org'),
    timeZone: timeZones[n % timeZones.length] ?? 'UTC',
    replaceEveryDays: shortIntervals[n] ?? anyOf(usualIntervals, random) ?? 365,
    isCaller: chance(random, 85),
    hasCalled: false,
    members,
    groups,
    admins: new History<ReadonlySet<string>>(new Set()),
    alerted: new History<ReadonlySet<string>>(new Set()),
    current: undefined as never,
    retiring: [],
  }
}

async function insertPeople(
  sql: postgres.Sql,
  { organizations, people }: World,
  since: number,
): Promise<void> {
  const at = new Date(since).toISOString()
  const given = (rows: object[]) => JSON.stringify(rows)
  await sql`
    insert into users (id, email, created_at)
    select id, email, ${at} from jsonb_to_recordset(${given([...people].map(([id, email]) => ({ id, email })))}::text::jsonb)
      as given(id text, email text)`
  await sql`
    insert into organizations (id, name, time_zone, replace_every_days, created_at)
    select id, 'Organization ' || right(id, 4), zone, days, ${at}
    from jsonb_to_recordset(${given(
      organizations.map(({ id, timeZone, replaceEveryDays }) => ({
        id,
        zone: timeZone,
        days: replaceEveryDays,
      })),
    )}::text::jsonb) as given(id text, zone text, days int)`
  await sql`
    insert into memberships (organization_id, user_id, role, created_at)
    select organization, person, role, ${at}
    from jsonb_to_recordset(${given(
      organizations.flatMap(({ id, members }) =>
        [...members].map(([person, role]) => ({ organization: id, person, role })),
      ),
    )}::text::jsonb) as given(organization text, person text, role text)`
  const groups = organizations.flatMap((organization) =>
    organization.groups.map((group, n) => ({ ...group, organization: organization.id, name: `Group ${n}` })),
  )
  await sql`
    insert into groups (id, organization_id, name, account_alerts, created_at)
    select id, organization, name, alerts, ${at}
    from jsonb_to_recordset(${given(groups)}::text::jsonb)
      as given(id text, organization text, name text, alerts boolean)`
  await sql`
    insert into group_members (organization_id, group_id, user_id)
    select organization, id, person
    from jsonb_to_recordset(${given(
      groups.flatMap(({ id, organization, members }) =>
        [...members].map((person) => ({ id, organization, person })),
      ),
    )}::text::jsonb) as given(id text, organization text, person text)`
}

import type postgres from 'postgres'
import type { Use } from '@/lib/verify/entries'
import { acceptedPlace, writerOf } from '@/lib/verify/use-rows'
import { anyOf, between, chance, type Random } from '@/lib/worker/simulation/facts/random'
import type { OrganizationKey, World } from '@/lib/worker/simulation/facts/world'

/**
 * Programs call with their keys between two moments, and it is written as the API writes it. Replaced keys are used
 * where somebody has not changed to the new one yet.
 */
export async function callWithSomeKeys(
  sql: postgres.Sql,
  world: World,
  random: Random,
  [from, to]: [number, number],
): Promise<void> {
  const callers = world.organizations.filter(({ isCaller }) => isCaller)
  const uses: Use[] = []
  for (const organization of callers) {
    for (const key of organization.retiring)
      if (key.lingers && isAccepted(key, to) && chance(random, 4))
        uses.push(organizationCall(key, random, from, to))
  }
  for (let n = 0; n < 4; n++) {
    const organization = anyOf(callers, random)
    if (organization) uses.push(organizationCall(organization.current, random, from, to))
  }
  const serviceKeys = [...world.serviceKeys.values()].filter(
    (key) =>
      key.organization.isCaller &&
      key.deletedPhase === null &&
      !key.isDisabled.latest &&
      (key.expiresAt === null || key.expiresAt > to),
  )
  for (let n = 0; n < 4; n++) {
    const key = anyOf(serviceKeys, random)
    if (!key) continue
    const { id, organization } = key
    uses.push({
      ...callOf(random, Math.max(from, key.createdAt), to),
      keyId: id,
      organizationId: organization.id,
      place: acceptedPlace,
    })
    organization.hasCalled = true
  }
  for (const [write, ofTable] of Map.groupBy(onePerPlace(uses), writerOf)) await write(sql, ofTable)
}

function organizationCall(key: OrganizationKey, random: Random, from: number, to: number): Use {
  const { id, organization, replaced } = key
  organization.hasCalled = true
  const since = Math.max(from, key.createdAt, (replaced?.at ?? 0) + 1)
  if (replaced) key.isUsedSinceReplaced = true
  const call = callOf(random, since, to)
  return { ...call, keyId: id, organizationId: organization.id, place: call.address }
}

function callOf(random: Random, from: number, to: number) {
  const address = `198.51.100.${random(6)}`
  const at = between(random, from, Math.max(to, from + 1))
  return { batch: 0, code: 'VALID' as const, address, userAgent: 'simulated/1.0', at }
}

function isAccepted({ replaced, deletedPhase }: OrganizationKey, at: number): boolean {
  return deletedPhase === null && replaced !== null && replaced.acceptedUntil > at && replaced.at < at
}

/** A batch holds the newest use of each place only. */
function onePerPlace(uses: readonly Use[]): Use[] {
  const newestLast = [...uses].sort((a, b) => a.at - b.at)
  return [...new Map(newestLast.map((use) => [`${use.keyId} ${use.place}`, use])).values()]
}

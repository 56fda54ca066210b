import { deleteKey } from '@/lib/organization-keys/delete'
import { removeExpiration } from '@/lib/organization-keys/remove-expiration'
import { restoreExpiration } from '@/lib/organization-keys/restore-expiration'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { setExpiry } from '@/lib/organization-keys/set-expiry'
import { setReplacementInterval } from '@/lib/organization-keys/set-replacement-interval'
import { expiryOf, replaceCurrent, shortenedEnd } from '@/lib/worker/simulation/facts/organization-key'
import { anyOf, between, chance } from '@/lib/worker/simulation/facts/random'
import { day, hour, second } from '@/lib/worker/simulation/facts/world'
import { type Act, anAdmin, expectTold, succeed } from './act'

/** Long enough that half of it outlasts workers who are away for some hours, or whose clocks are wrong by two. */
const shortest = 26 * hour

export const revealKey: Act = async (organization, doing) => {
  const accepted = organization.retiring.filter(
    ({ replaced, deletedPhase }) =>
      deletedPhase === null && replaced && replaced.acceptedUntil > doing.at.getTime(),
  )
  const key = chance(doing.random, 70)
    ? organization.current
    : (anyOf(accepted, doing.random) ?? organization.current)
  const actor = anAdmin(organization, doing)
  await succeed(reveal({ keyId: key.id }, actor, doing.at))
  expectTold('organization-key-revealed', key.id, doing, organization.admins.latest, actor)
  return true
}

export const revokeKey: Act = async (organization, doing) => {
  const { current } = organization
  const actor = anAdmin(organization, doing)
  const { successorId } = await succeed(revoke({ keyId: current.id }, actor, doing.at))
  const how = {
    at: doing.at.getTime(),
    phase: doing.phase,
    bySchedule: false,
    lingers: chance(doing.random, 50),
  }
  doing.world.organizationKeys.set(successorId, replaceCurrent(organization, successorId, how))
  expectTold('organization-key-revoked', current.id, doing, organization.admins.latest, actor)
  return true
}

export const chooseExpiry: Act = async (organization, doing) => {
  const { current } = organization
  const { at, random } = doing
  const latest = current.createdAt + 365 * day
  const earliest = at.getTime() + shortest
  if (current.expiresAt === null || latest < earliest + day) return false
  const wanted = chance(random, 50)
    ? earliest + between(random, 0, 20 * day)
    : between(random, earliest, latest)
  const expiresAt = Math.floor(Math.min(wanted, latest) / second) * second
  await succeed(
    setExpiry({ keyId: current.id, expiresAt: new Date(expiresAt) }, anAdmin(organization, doing), at),
  )
  current.expiresAt = expiresAt
  // What was chosen for one key stands before the interval of all.
  current.replaceBy = null
  return true
}

export const takeExpirationAway: Act = async (organization, doing) => {
  const { current } = organization
  if (current.expiresAt === null) return false
  const actor = anAdmin(organization, doing)
  await succeed(removeExpiration({ keyId: current.id }, actor, doing.at))
  Object.assign(current, { expiresAt: null, removedExpiresAt: current.expiresAt, replaceBy: null })
  expectTold('organization-key-expiration-removed', current.id, doing, organization.admins.latest, actor)
  return true
}

export const bringExpirationBack: Act = async (organization, doing) => {
  const { current } = organization
  const at = doing.at.getTime()
  if (current.expiresAt !== null) return false
  const actor = anAdmin(organization, doing)
  await succeed(restoreExpiration({ keyId: current.id }, actor, doing.at))
  const former = current.removedExpiresAt
  const expiresAt = former !== null && former - at >= day ? former : expiryOf(organization, at)
  Object.assign(current, { expiresAt, removedExpiresAt: null, lifeBeganAt: at })
  expectTold('organization-key-expiration-restored', current.id, doing, organization.admins.latest, actor)
  return true
}

export const changeInterval: Act = async (organization, doing) => {
  const days = anyOf([1, 2, 7, 14, 30, 45, 60, 90, 180, 365], doing.random) ?? 365
  // Very short ones make hundreds of keys a year: a few organizations have them from the start.
  const wanted = days < 14 && organization.replaceEveryDays >= 14 ? 30 : days
  const actor = anAdmin(organization, doing)
  await succeed(setReplacementInterval({ days: wanted }, actor, doing.at))
  if (organization.replaceEveryDays === wanted) return true
  organization.replaceEveryDays = wanted
  organization.current.replaceBy = shortenedEnd(organization.current, wanted)
  expectTold('organization-key-interval-set', organization.id, doing, organization.admins.latest, actor)
  return true
}

export const deleteReplacedKey: Act = async (organization, doing) => {
  const kept = organization.retiring.filter(({ deletedPhase }) => deletedPhase === null)
  const key = anyOf(kept, doing.random)
  if (!key) return false
  const actor = anAdmin(organization, doing)
  await succeed(deleteKey({ keyId: key.id }, actor, doing.at))
  key.deletedPhase = doing.phase
  // Who deletes a key that is refused already takes nothing away from anybody.
  if (key.replaced && key.replaced.acceptedUntil > doing.at.getTime())
    expectTold('organization-key-deleted', key.id, doing, organization.admins.latest, actor)
  return true
}

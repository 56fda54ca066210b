import { day, type Organization, type OrganizationKey, second } from './world'

/** PRODUCT.md's rules of the organization key, written a second time: nothing here is imported from what is judged. */
const wholeSecond = (at: number) => Math.floor(at / second) * second

export const expiryOf = (organization: Organization, from: number) =>
  wholeSecond(from + organization.replaceEveryDays * day)

export function newKey(
  organization: Organization,
  id: string,
  createdAt: number,
  lingers: boolean,
): OrganizationKey {
  return {
    id,
    organization,
    createdAt,
    lifeBeganAt: createdAt,
    expiresAt: expiryOf(organization, createdAt),
    removedExpiresAt: null,
    replaceBy: null,
    replaced: null,
    deletedPhase: null,
    isUsedSinceReplaced: false,
    lingers,
  }
}

/** When it is to be replaced; null: never. */
export function dueAt({ expiresAt, replaceBy, lifeBeganAt }: OrganizationKey): number | null {
  if (expiresAt === null) return null
  const end = replaceBy ?? expiresAt
  return Math.floor(end - Math.min(30 * day, (end - lifeBeganAt) / 2))
}

/** What "Replace every" `days` asks of a key that exists. */
export function shortenedEnd({ expiresAt, lifeBeganAt }: OrganizationKey, days: number): number | null {
  const end = lifeBeganAt + days * day
  return expiresAt !== null && end < expiresAt ? end : null
}

/** The current key gets a successor, which it is accepted beside for 30 days, and never beyond its printed end. */
export function replaceCurrent(
  organization: Organization,
  successorId: string,
  how: { at: number; phase: number; bySchedule: boolean; lingers: boolean },
): OrganizationKey {
  const { lingers, ...event } = how
  const key = organization.current
  const acceptedUntil = Math.min(wholeSecond(how.at + 30 * day), key.expiresAt ?? Number.POSITIVE_INFINITY)
  key.replaced = { ...event, acceptedUntil, successorId }
  organization.retiring.push(key)
  organization.current = newKey(organization, successorId, how.at, lingers)
  return organization.current
}

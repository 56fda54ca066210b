/**
 * The life of a service key, from facts and a moment; nothing here is stored (PRODUCT.md, States). Expired is final
 * (seeds 003 and 004), and so is deleted.
 */
export const hour = 3_600_000
export const day = 24 * hour
export const longestOverlapHours = 7 * 24
export const mostLiveKeys = 10
/** A key used within these days is in use: to delete it one has to type its name. */
export const inUseDays = 7

export type ServiceKeyFacts = {
  expiresAt: Date | null
  disabledAt: Date | null
  deletedAt: Date | null
}

export const serviceKeyStates = ['active', 'disabled', 'expired'] as const
export type ServiceKeyState = (typeof serviceKeyStates)[number] | 'deleted'

export function stateOf(key: ServiceKeyFacts, now: Date): ServiceKeyState {
  if (key.deletedAt) return 'deleted'
  if (key.expiresAt && now >= key.expiresAt) return 'expired'
  return key.disabledAt ? 'disabled' : 'active'
}

export const serviceKeyVerbs = ['edit', 'rotate', 'enable', 'disable', 'delete'] as const
export type ServiceKeyVerb = (typeof serviceKeyVerbs)[number]
export type Obstacle = 'expired' | 'already-enabled' | 'already-disabled'

/** Why a verb is not possible in a state, or null when it is. Screen, verb and API ask the same table. */
export function obstacleTo(
  verb: ServiceKeyVerb,
  state: Exclude<ServiceKeyState, 'deleted'>,
): Obstacle | null {
  if (verb === 'delete') return null
  if (state === 'expired') return 'expired'
  if (verb === 'enable' && state === 'active') return 'already-enabled'
  if (verb === 'disable' && state === 'disabled') return 'already-disabled'
  return null
}

/**
 * Until when the secret that is replaced at `now` is accepted: at once refused, or after at most seven days, and
 * never beyond the key's own end.
 * @param overlapHours 0 to `longestOverlapHours`
 */
export function overlapEnd(key: Pick<ServiceKeyFacts, 'expiresAt'>, overlapHours: number, now: Date): Date {
  const end = new Date(now.getTime() + overlapHours * hour)
  return key.expiresAt && key.expiresAt < end ? key.expiresAt : end
}

/** Whether the key was used lately, so that deleting it will be felt. */
export function isInUse(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() <= inUseDays * day
}

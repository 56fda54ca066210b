import type { Role } from './permissions'

/** Where a request came from, as far as it is known. */
export type RequestSource = { address: string | null; userAgent: string | null }

/**
 * A signed-in person acting in one organization, or for the platform (`platformChain`); made by the action wrapper
 * from the session, never from input.
 */
export type UserActor = {
  kind: 'user'
  userId: string
  email: string
  name: string
  role: Role
  organizationId: string
  /** Names this session without being able to resume it. */
  sessionHash: string
  steppedUpAt: Date | null
} & RequestSource

/** The schedule and set-up act for nobody; `organizationId` still binds every query. */
export type SystemActor = { kind: 'schedule' | 'system'; organizationId: string }

export type Actor = UserActor | SystemActor

export const userIdOf = (actor: Actor): string | null => (actor.kind === 'user' ? actor.userId : null)

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

/** A person as an actor where no session has been read to make one of: it begins, or they just become a member. */
export function actorOf(
  user: { id: string; email: string; name: string | null },
  place: { organizationId: string; role: Role },
  from: RequestSource & { sessionHash: string },
): UserActor {
  const { organizationId, role } = place
  return {
    kind: 'user',
    userId: user.id,
    email: user.email,
    name: user.name ?? user.email,
    role,
    organizationId,
    steppedUpAt: null,
    ...from,
  }
}

/** A program acting with a key of its organization; made by the API from the key that it presented. */
export type KeyActor = { kind: 'key'; keyId: string; name: string; organizationId: string } & RequestSource

/** The schedule and set-up act for nobody; `organizationId` still binds every query. */
export type SystemActor = { kind: 'schedule' | 'system'; organizationId: string }

export type Actor = UserActor | KeyActor | SystemActor

export const keyIdOf = (actor: Actor): string | null => (actor.kind === 'key' ? actor.keyId : null)

export const userIdOf = (actor: Actor): string | null => (actor.kind === 'user' ? actor.userId : null)

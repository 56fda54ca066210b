import type { Refusal } from '@/lib/outcome'
import { heldTo } from '@/lib/service-keys/held-to'
import type { Obstacle } from '@/lib/service-keys/lifecycle'
import type { Excess, Grant } from '@/lib/service-keys/may-grant'
import type { KeyEntry } from '@/lib/verify/entries'
import type { Caller } from './authenticate'
import { badRequest, idempotencyKeyReused, invalidToken, type Problem } from './problem'
import {
  alreadyRotated,
  grantsTooMuch,
  noServiceKey,
  obstacleProblems,
  tooManyKeys,
} from './service-key-problems'

/** How a program's own key keeps it from granting something. */
export type GrantRefusal =
  | Refusal<'no-longer-accepted', undefined>
  | Refusal<'grants-too-much', { exceeds: Excess[]; own: Grant }>

/** Every way in which a verb refuses a program. */
export type ServiceKeyRefusal =
  | GrantRefusal
  | Refusal<Obstacle | 'not-found' | 'idempotency-key-reused', undefined>
  | Refusal<'already-rotated', { by: string | null; at: Date }>
  | Refusal<'too-many-keys', { name: string }>
  | Refusal<'invalid-input', { fields: Record<string, string> }>

/** Holds the calling program to what its own key has. */
export function guardOf({ key, exp, now }: Caller) {
  const { id, organization, digest } = key
  const presented = { id, organizationId: organization.id, digest, exp: exp === null ? null : new Date(exp) }
  return heldTo(presented, new Date(now))
}

/** @param caller the key that asked */
export function problemOf(refusal: ServiceKeyRefusal, caller: KeyEntry, missing = noServiceKey): Problem {
  switch (refusal.reason) {
    case 'not-found':
      return missing
    case 'no-longer-accepted':
      return invalidToken
    case 'grants-too-much':
      return grantsTooMuch(refusal.details.exceeds, refusal.details.own, caller.organization)
    case 'already-rotated':
      return alreadyRotated(refusal.details.by, refusal.details.at, caller.organization)
    case 'too-many-keys':
      return tooManyKeys(refusal.details.name)
    case 'invalid-input': {
      const [[name, words] = ['', '']] = Object.entries(refusal.details.fields)
      return badRequest(`Body: ${name}: ${words}`)
    }
    case 'idempotency-key-reused':
      return idempotencyKeyReused
    default:
      return obstacleProblems[refusal.reason]
  }
}

import type { Refusal } from '@/lib/outcome'
import type { Guard } from '@/lib/service-keys/guard'
import type { Obstacle } from '@/lib/service-keys/lifecycle'
import { type Excess, excessOf, type Grant } from '@/lib/service-keys/may-grant'
import type { KeyEntry } from '@/lib/verify/entries'
import { badRequest, idempotencyKeyReused, type Problem } from './problem'
import {
  alreadyRotated,
  grantsTooMuch,
  noServiceKey,
  obstacleProblems,
  tooManyKeys,
} from './service-key-problems'

export type GrantsTooMuch = Refusal<'grants-too-much', Excess[]>

/** Every way in which a verb refuses a program, but for who is not there. */
export type ServiceKeyRefusal =
  | GrantsTooMuch
  | Refusal<Obstacle | 'not-found' | 'idempotency-key-reused', undefined>
  | Refusal<'already-rotated', { by: string | null; at: Date }>
  | Refusal<'too-many-keys', { name: string }>
  | Refusal<'invalid-input', { fields: Record<string, string> }>

/** What the calling key has itself. One in grace ends with its grace, a former secret with its overlap. */
function grantOf({ accessLevel, allowedRanges, expiresAt, acceptedUntil }: KeyEntry): Grant {
  const ends = [expiresAt, acceptedUntil].filter((end) => end !== null)
  return {
    accessLevel,
    allowedRanges: allowedRanges?.texts ?? [],
    expiresAt: ends.length === 0 ? null : new Date(Math.min(...ends)),
  }
}

/** Holds a program to what its own key has. */
export function guardOf(key: KeyEntry): Guard<GrantsTooMuch> {
  const own = grantOf(key)
  return (wanted) => {
    const excess = excessOf(own, wanted)
    return excess.length === 0 ? null : { ok: false, reason: 'grants-too-much', details: excess }
  }
}

/** @param caller the key that asked */
export function problemOf(refusal: ServiceKeyRefusal, caller: KeyEntry, missing = noServiceKey): Problem {
  switch (refusal.reason) {
    case 'not-found':
      return missing
    case 'grants-too-much':
      return grantsTooMuch(refusal.details, grantOf(caller), caller.organization)
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

import type { Transaction } from '@/db/client'
import { type AccessLevel, reaches } from '@/lib/keys/access-level'
import { covers } from '@/lib/keys/ip-ranges'
import type { Refusal } from '@/lib/outcome'

/** What a key has, or is to have. Empty ranges: any address; `expiresAt` null: never. */
export type Grant = {
  accessLevel: AccessLevel
  /** Canonical CIDR ranges. */
  allowedRanges: readonly string[]
  expiresAt: Date | null
}

/**
 * Judges a change before it is written, with its key locked; null lets it pass. People are bound by their role, a
 * program by its own key: that it is still accepted, and what it has.
 * @param grant what the changed key will be able to do; null where the change gives it nothing
 */
export type Guard<R extends Refusal> = (grant: Grant | null, tx: Transaction) => R | null | Promise<R | null>

export const noGuard: Guard<never> = () => null

export type Excess = 'access-level' | 'ranges' | 'end'

/**
 * What of `wanted` a key with `own` does not have itself, and so may give to no key, itself included; empty when it
 * may grant all of it. Otherwise a key that leaks could make one that is worse, or one that outlives it.
 * @param own until when it is accepted itself, which may be before its printed end
 */
export function excessOf(own: Grant, wanted: Grant): Excess[] {
  const isTooLate = own.expiresAt !== null && (wanted.expiresAt === null || wanted.expiresAt > own.expiresAt)
  return [
    ...(reaches(own.accessLevel, wanted.accessLevel) ? [] : (['access-level'] as const)),
    ...(covers(own.allowedRanges, wanted.allowedRanges) ? [] : (['ranges'] as const)),
    ...(isTooLate ? (['end'] as const) : []),
  ]
}

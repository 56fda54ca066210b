import type { Transaction } from '@/db/client'
import type { Refusal } from '@/lib/outcome'
import type { ServiceKeyRow } from './store'

/** What a key may do, from where and until when. */
export type Grant = Pick<ServiceKeyRow, 'accessLevel' | 'allowedRanges' | 'expiresAt'>

/**
 * Judges what a key will be able to do, before it is written and with the key locked: null lets it pass. A program
 * is bound by what its own key has; people are not.
 */
export type Guard<R extends Refusal> = (grant: Grant, tx: Transaction) => R | null | Promise<R | null>

export const noGuard: Guard<never> = () => null

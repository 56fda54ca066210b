import type { AccessLevel } from '@/lib/keys/access-level'
import type { serviceKeyStates } from './lifecycle'

export const unusedDaysChoices = [30, 90] as const

/** What keys are searched by: all of it must hold, and what is not there is not asked for. */
export type ServiceKeyFilter = {
  /** This one key. */
  keyId?: string | undefined
  state?: (typeof serviceKeyStates)[number] | undefined
  accessLevel?: AccessLevel | undefined
  serviceUserId?: string | undefined
  /** Neither made nor used within so many days. */
  unusedDays?: (typeof unusedDaysChoices)[number] | undefined
  /** Without any limit to addresses. */
  isAnyAddress?: true | undefined
  neverExpires?: true | undefined
  /** A part of the name, ignoring case. */
  name?: string | undefined
}

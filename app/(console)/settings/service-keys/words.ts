import { doorWords, errorId } from '@/components/refusals'
import type { AccessLevel } from '@/lib/keys/access-level'
import { momentText } from '@/lib/moment-text'
import { inUseDays, type Obstacle } from '@/lib/service-keys/lifecycle'

export type Refused = { ok: false; reason: string; details?: unknown } | null

/** What a key of each level may do (lib/keys/access-level.ts). */
export const accessLevelWords: Record<AccessLevel, string> = {
  read: 'Reads only: GET, HEAD and OPTIONS.',
  'read-write': 'Also creates and changes: POST, PUT and PATCH. Deletes nothing.',
  full: 'Everything, also DELETE, and managing service keys.',
}

/** Why a verb is not possible, as its menu item says it. */
export const obstacleWords: Record<Obstacle, string> = {
  expired: 'Expired: generate a new key',
  'already-enabled': 'It is enabled',
  'already-disabled': 'It is disabled',
}

/** Why a call was refused, for each code that is kept of a key's last refused call. */
export const refusalWords: Record<string, string> = {
  REVOKED: 'it came with an old secret',
  EXPIRED: 'the key has expired',
  DISABLED: 'the key is disabled',
  IP_DENIED: 'its address is not in the allowed ranges',
  INSUFFICIENT_ACCESS: 'the access level does not allow its method',
}

/** Words for what the verbs of a service key refuse as a whole. */
export function keyWords(refusal: Refused): string {
  switch (refusal?.reason) {
    case 'expired':
      return 'This key has expired in the meantime, which is final. Generate a new key instead.'
    case 'already-enabled':
      return 'This key is enabled already: somebody else was first.'
    case 'already-disabled':
      return 'This key is disabled already: somebody else was first.'
    case 'already-rotated': {
      const { by, at } = refusal.details as { by: string | null; at: Date }
      return `${by ?? 'Somebody'} rotated this key first, at ${momentText(at)}. Only they have seen its new secret. Nothing was changed now.`
    }
    case 'changed-meanwhile':
      return 'Somebody else changed this key while you were editing. What you typed is still here: compare it with what the key is now, then save again.'
    case 'name-needed':
      return `This key was used in the last ${inUseDays} days. Type its name to delete it.`
    case 'count-needed': {
      const { count } = refusal.details as { count: number }
      return `Some of them were used in the last ${inUseDays} days. Type ${count} to delete them.`
    }
    case 'invalid-input':
      return (
        Object.values((refusal.details as { fields: Record<string, string> }).fields)[0] ?? doorWords(refusal)
      )
    default:
      return doorWords(refusal)
  }
}

export type FieldName = 'name' | 'serviceUser' | 'accessLevel' | 'allowedRanges' | 'expiresAt'
export type FieldErrors = Partial<Record<FieldName, string>>

const fieldNames: FieldName[] = ['name', 'serviceUser', 'accessLevel', 'allowedRanges', 'expiresAt']

/** The fields of the form that a refusal is about, each with its words. */
export function fieldErrors(refusal: Refused): FieldErrors {
  switch (refusal?.reason) {
    case 'too-many-keys': {
      const { name, mostLiveKeys } = refusal.details as { name: string; mostLiveKeys: number }
      return { serviceUser: fullWords(name, mostLiveKeys) }
    }
    case 'not-found':
      return { serviceUser: 'This service user is not there any more. Choose another one.' }
    case 'invalid-input': {
      const { fields } = refusal.details as { fields: Record<string, string> }
      const found = fieldNames.flatMap((name) => {
        // `serviceUser.name` and `allowedRanges.3` stand beside their field.
        const words = Object.entries(fields).find(([path]) => path.split('.')[0] === name)?.[1]
        return words ? [[name, words]] : []
      })
      return Object.fromEntries(found)
    }
    default:
      return {}
  }
}

export function fullWords(name: string, mostLiveKeys: number): string {
  return `${name} has ${mostLiveKeys} live keys already, which is the most. Delete one of them, or choose another service user.`
}

/** Whether the answer was lost, or broke off at a moment when all of it may have been written already. */
export function isLost(refusal: Refused): boolean {
  return refusal === null || refusal.reason === 'unavailable' || refusal.reason === 'failed'
}

/** A key that was made, but whose secret did not come back, is of use to nobody. */
export function lostKeyWords(refusal: Refused): string {
  return `${lostWords(refusal)} What you typed is still here. The key may be there all the same: close this and look. If it is in the table, delete it, because its secret is lost.`
}

export function lostRotationWords(refusal: Refused): string {
  return `${lostWords(refusal)} Close this and look at the key: if its last four characters are others now, its new secret is lost, and it has to be rotated again.`
}

function lostWords(refusal: Refused): string {
  if (refusal === null) return 'Keyturn did not answer.'
  if (refusal.reason === 'unavailable') return 'Keyturn could not reach its database.'
  return `Something went wrong on our side. Your administrator can find it as ${errorId(refusal)}.`
}

import { doorWords } from '@/components/refusals'
import { roleNames } from '@/lib/members/roles'
import { momentText } from '@/lib/moment-text'

export type Refused = { ok: false; reason: string; details?: unknown } | null

export type FieldErrors = Record<string, string>

/** Words for what the verbs of members, invitations and groups may refuse. */
export function memberWords(refusal: Refused): string {
  switch (refusal?.reason) {
    case 'last-admin':
      return 'An organization needs an admin. Make somebody else an admin first.'
    case 'yourself':
      return 'This is you. Use “Leave” instead.'
    case 'changed-meanwhile': {
      const { role } = refusal.details as { role: keyof typeof roleNames }
      return `Another admin was first: the role is ${roleNames[role]} now. Look again, and decide anew.`
    }
    case 'too-many-invitations': {
      const { left, retryAt } = refusal.details as { left: number; retryAt: Date }
      const now = left > 0 ? `Now you can invite ${left} more; all of them` : 'The next ones you can invite'
      return `An organization may send 50 invitations an hour. ${now} at ${momentText(retryAt)}.`
    }
    case 'too-many-to-address': {
      const { email, retryAt } = refusal.details as { email: string; retryAt: Date }
      return `${email} has had 5 invitations within an hour. The next one is possible at ${momentText(retryAt)}.`
    }
    case 'too-many-groups':
      return `There are ${(refusal.details as { mostGroups: number }).mostGroups} groups, which is the most there can be. Delete one first.`
    case 'not-found':
      return 'This is not there any more: somebody else was first. The page now shows what is.'
    default:
      return doorWords(refusal)
  }
}

/** What is wrong, by field; empty where it is about no field. */
export function fieldErrors(refusal: Refused): FieldErrors {
  if (refusal?.reason === 'invalid-input') return (refusal.details as { fields: FieldErrors }).fields
  if (refusal?.reason !== 'name-taken') return {}
  return { name: `There is a group “${(refusal.details as { name: string }).name}” already.` }
}

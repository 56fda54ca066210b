import type { CalendarKey } from '@/lib/organization-keys/calendar'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** The facts behind what is shown of a key, for the rules that the server goes by too. */
export function factsOf(key: OrganizationKeyView): CalendarKey {
  return {
    masked: key.masked,
    createdAt: new Date(key.createdAt),
    expirationRestoredAt: momentOf(key.expirationRestoredAt),
    expiresAt: momentOf(key.expiresAt),
    replaceBy: momentOf(key.replaceBy),
    revokedAt: momentOf(key.revokedAt),
    acceptedUntil: key.revokedAt ? momentOf(key.deadline) : null,
    deletedAt: null,
    lastUsedAt: momentOf(key.lastUsedAt),
    expirationReviewOn: key.expirationReviewOn,
  }
}

function momentOf(text: string | null): Date | null {
  return text ? new Date(text) : null
}

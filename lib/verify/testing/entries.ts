import { addressRanges } from '@/lib/keys/ip-ranges'
import type { AllowedRanges, KeyEntry, OrganizationEntry } from '@/lib/verify/entries'

export const organizationEntry: OrganizationEntry = {
  id: 'org_1',
  name: 'Northwind',
  timeZone: 'UTC',
  isoUtcFormat: true,
  requestIdHeader: 'X-Customer-Request-Id',
  mediaLimitBytes: 1,
  temporaryMediaLimitBytes: null,
  temporaryMediaLimitEndsAt: null,
}

/** An organization key that never ends, unless `facts` say otherwise. */
export function keyEntry(facts: Partial<KeyEntry> = {}): KeyEntry {
  return {
    id: 'key_1',
    organization: organizationEntry,
    serviceUser: null,
    name: 'Organization key, generation 1',
    accessLevel: 'full',
    allowedRanges: null,
    digest: '',
    expiresAt: null,
    revokedAt: null,
    acceptedUntil: null,
    disabledAt: null,
    deletedAt: null,
    expirationRemovedAt: null,
    expirationRestoredAt: null,
    lastUse: null,
    ...facts,
  }
}

export function serviceKeyEntry(facts: Partial<KeyEntry> = {}): KeyEntry {
  const serviceUser = { id: 'su_1', name: 'Billing' }
  return keyEntry({ id: 'key_2', name: 'Billing sync', serviceUser, ...facts })
}

/** None: any address. */
export function allowed(...texts: string[]): AllowedRanges | null {
  return texts.length === 0 ? null : { texts, set: addressRanges(texts) }
}

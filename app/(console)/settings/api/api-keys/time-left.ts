import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** The two largest units that are left until `deadline`: "17 days 4 h", "3 h 12 min", "less than a minute". */
export function timeLeft(deadline: string | null, now: string): string {
  const minutes = deadline ? Math.floor((Date.parse(deadline) - Date.parse(now)) / 60_000) : 0
  const [d, h, min] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (d > 0) return `${d} ${d === 1 ? 'day' : 'days'}${h > 0 ? ` ${h} h` : ''}`
  if (h > 0) return `${h} h${min > 0 ? ` ${min} min` : ''}`
  return min > 0 ? `${min} min` : 'less than a minute'
}

/** Whether a revoked key was used after its revocation. */
export function inUseSince(key: OrganizationKeyView): boolean {
  return key.lastUsedAt !== null && key.revokedAt !== null && key.lastUsedAt > key.revokedAt
}

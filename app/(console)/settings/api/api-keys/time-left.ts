import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** The two largest units that are left until `deadline`: "17 days 4 h", "3 h 12 min", "less than a minute". */
export function timeLeft(deadline: string | null, now: string): string {
  const minutes = deadline ? Math.floor((Date.parse(deadline) - Date.parse(now)) / 60_000) : 0
  const [d, h, min] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (d > 0) return `${d} ${d === 1 ? 'day' : 'days'}${h > 0 ? ` ${h} h` : ''}`
  if (h > 0) return `${h} h${min > 0 ? ` ${min} min` : ''}`
  return min > 0 ? `${min} min` : 'less than a minute'
}

const stillInUseDays = 7

/** Whether a key that was replaced is still in use, as far as its last use tells. */
export function stateOfUse(key: Pick<OrganizationKeyView, 'lastUsedAt' | 'revokedAt'>, now: string): string {
  if (!key.lastUsedAt || !key.revokedAt || key.lastUsedAt <= key.revokedAt)
    return 'Not used since it was replaced'
  const days = Math.floor((Date.parse(now) - Date.parse(key.lastUsedAt)) / 86_400_000)
  return days < stillInUseDays ? 'Still in use' : `Not used for ${days} days`
}

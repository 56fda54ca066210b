import { day, hour } from '@/lib/service-keys/lifecycle'

/** From here on its group is told every day (PRODUCT.md, Notifications). */
const soonDays = 14

export function isExpiringSoon(expiresAt: string, now: string): boolean {
  const left = Date.parse(expiresAt) - Date.parse(now)
  return left > 0 && left <= soonDays * day
}

/** Whole units, rounded down: nobody is promised more than is left. */
export function daysLeftText(expiresAt: string, now: string): string {
  const left = Date.parse(expiresAt) - Date.parse(now)
  if (left >= 2 * day) return `${Math.floor(left / day)} days left`
  if (left >= 2 * hour) return `${Math.floor(left / hour)} hours left`
  return left >= hour ? '1 hour left' : 'Under 1 hour left'
}

import type { NoticeKind } from '@/lib/notices/kinds'
import { day, type Organization, type ServiceKey } from '@/lib/worker/simulation/facts/world'
import { daysBetween, wallClock } from './wall-clock'

/** A notice that is to be there once somebody has looked at this moment. */
export type Wanted = { kind: NoticeKind; subjectId: string; occasion: string }
export type Due = Wanted & { organization: Organization }

export const milestones = [1, 7, 14]

/** 14, 7 and 1 days before a replaced key ends, while somebody has used it since; the nearest one only. */
export function wantedOfOrganization(organization: Organization, now: number): Due[] {
  if (!organization.hasCalled) return []
  return organization.retiring.flatMap((key) => {
    const { replaced, deletedPhase, isUsedSinceReplaced } = key
    if (!replaced || deletedPhase !== null || !isUsedSinceReplaced || now >= replaced.acceptedUntil) return []
    const days = milestones.find((each) => replaced.acceptedUntil - now <= each * day)
    if (!days || replaced.acceptedUntil - days * day < replaced.at) return []
    return [
      { kind: 'organization-key-ending' as const, subjectId: key.id, occasion: String(days), organization },
    ]
  })
}

/** Each day from nine o'clock, from fourteen days before to the day of the end; and once when it has ended. */
export function wantedOfServiceKey(key: ServiceKey, now: number): Due[] {
  const { organization, expiresAt, createdAt } = key
  if (expiresAt === null || key.deletedPhase !== null || key.isDisabled.latest || !organization.hasCalled)
    return []
  const wanted = { subjectId: key.id, organization }
  if (now >= expiresAt)
    return now < expiresAt + 7 * day ? [{ ...wanted, kind: 'service-key-expired', occasion: 'expired' }] : []
  if (expiresAt - now > 16 * day) return []
  const { timeZone } = organization
  const today = wallClock(now, timeZone)
  const left = daysBetween(today.date, wallClock(expiresAt, timeZone).date)
  const made = wallClock(createdAt, timeZone)
  const isNewToday = made.date > today.date || (made.date === today.date && made.hour >= 9)
  if (today.hour < 9 || left > 14 || isNewToday) return []
  return [{ ...wanted, kind: 'service-key-ending', occasion: today.date }]
}

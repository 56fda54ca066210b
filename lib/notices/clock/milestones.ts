import { day } from '@/lib/organization-keys/lifecycle'

/** How many days before its end an organization key is spoken of, the last one first. */
export const milestones = [1, 7, 14] as const
export const furthestDays = 14

export type Milestone = (typeof milestones)[number]

/** The ends of which a milestone is the one to speak of: those after `after`, up to and with `until`. */
export type Band = { days: Milestone; after: Date; until: Date }

/**
 * Each end lies in one band at the most, that of the smallest milestone that it has passed, so that whoever comes late
 * says what is true now and nothing older. Pure.
 */
export function bandsAt(now: Date): Band[] {
  const ahead = (days: number) => new Date(now.getTime() + days * day)
  return milestones.map((days, index) => ({
    days,
    after: ahead(milestones[index - 1] ?? 0),
    until: ahead(days),
  }))
}

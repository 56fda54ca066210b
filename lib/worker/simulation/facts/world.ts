import type { MemberRole } from '@/lib/members/roles'
import type { NoticeKind } from '@/lib/notices/kinds'
import type { History } from './history'

/**
 * What has been done in a simulation, as those know it who did it. The oracle judges by this and by nothing that the
 * product says of itself. Moments are milliseconds since 1970.
 */
export type World = {
  organizations: Organization[]
  organizationKeys: Map<string, OrganizationKey>
  serviceKeys: Map<string, ServiceKey>
  /** Addresses of people by their ids. */
  people: Map<string, string>
  /** What an admin did that the others must hear of. */
  acts: Act[]
  /** For how long people let service keys live at the most. */
  longestLifeDays: number
}

export type Act = { kind: NoticeKind; subjectId: string; at: number; tell: readonly string[] }

export type Organization = {
  id: string
  timeZone: string
  replaceEveryDays: number
  /** Whether anybody will ever call the API. */
  isCaller: boolean
  hasCalled: boolean
  members: Map<string, MemberRole>
  groups: { id: string; alerts: boolean; members: Set<string> }[]
  admins: History<ReadonlySet<string>>
  /** Members of groups that are subscribed to Account alerts. */
  alerted: History<ReadonlySet<string>>
  current: OrganizationKey
  /** Replaced keys that are accepted still, or were until lately. */
  retiring: OrganizationKey[]
}

export type OrganizationKey = {
  id: string
  organization: Organization
  createdAt: number
  /** A key that got an end again begins its life anew. */
  lifeBeganAt: number
  expiresAt: number | null
  removedExpiresAt: number | null
  replaceBy: number | null
  replaced: {
    at: number
    acceptedUntil: number
    successorId: string
    phase: number
    bySchedule: boolean
  } | null
  deletedPhase: number | null
  isUsedSinceReplaced: boolean
  /** Whether some program will go on with it after it was replaced. */
  lingers: boolean
}

export type ServiceKey = {
  id: string
  secretId: string
  name: string
  serviceUser: string
  organization: Organization
  createdAt: number
  expiresAt: number | null
  isDisabled: History<boolean>
  deletedPhase: number | null
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

import type { LimitAnswer } from '@/lib/media/decision'
import type { MemberRole } from '@/lib/members/roles'

/**
 * What people are told, and the facts that each text is made of. They stand as they were when the notice was raised;
 * moments are ISO 8601 in UTC. Never a secret: a key is named by its masked text.
 */
export type Use = { at: string; address: string; userAgent: string }

export type OrganizationKeyReplaced = {
  key: string
  successorId: string
  successor: string
  successorExpiresAt: string
  /** Until when the old key is accepted beside the new one; null where it had expired by then. */
  acceptedUntil: string | null
  lastUse: Use | null
  addressesIn7Days: number
}

export type OrganizationKeyEnding = {
  key: string
  /** Null: the schedule should have replaced it by now, and did not. */
  successor: string | null
  daysLeft: 14 | 7 | 1
  endsAt: string
  /** The newest uses since it was replaced, one an address, at most five. */
  uses: Use[]
  addresses: number
}

export type ServiceKeyEnding = {
  /** Absent in notices from before it was told. */
  keyId?: string
  name: string
  serviceUser: string
  key: string
  endsAt: string
  lastUse: Use | null
}

/** Somebody did something with the organization key that the other admins should hear of. */
export type OrganizationKeyActed = {
  key: string
  by: string
  /** Null where no person did it. */
  byEmail: string | null
  from: string | null
  lastUse: Use | null
}

/** An admin is none any more, by somebody else's doing: who wants to do a thing unseen would begin with that. */
export type AdminEnded = {
  name: string
  email: string
  /** The role that the person has now; null: removed from the organization. */
  became: MemberRole | null
  by: string
  byEmail: string | null
  from: string | null
}

export type IntervalSet = {
  fromDays: number
  toDays: number
  /** When the schedule replaces the current key now; null: never, or there is none. */
  nextReplacement: string | null
  by: string
  byEmail: string | null
  from: string | null
}

/** What support decided about the media limit: it set one, answered a request, or both. Sizes in bytes. */
export type MediaLimitDecided = {
  /** The limit that stands from then on. */
  limitBytes: number
  /** Null: the decision changed no limit. Without an end the limit stays until it is changed again. */
  change: { fromBytes: number; endsAt: string | null; afterwardsBytes: number } | null
  /** The request that it answers; null: support did it of its own accord. */
  request: {
    decision: LimitAnswer
    wantedBytes: number
    reason: string
    askedAt: string
  } | null
  /** What support writes to the admins. */
  reason: string
}

export type NoticeContent =
  | { kind: 'organization-key-replaced'; facts: OrganizationKeyReplaced }
  | { kind: 'organization-key-ending'; facts: OrganizationKeyEnding }
  | { kind: 'organization-key-issued'; facts: OrganizationKeyActed & { expiresAt: string } }
  | { kind: 'organization-key-revealed'; facts: OrganizationKeyActed }
  | {
      kind: 'organization-key-revoked'
      facts: OrganizationKeyActed & { acceptedUntil: string; successor: string }
    }
  | {
      kind: 'organization-key-expiration-removed'
      facts: OrganizationKeyActed & { wouldHaveExpiredAt: string; reason: string | null }
    }
  | {
      kind: 'organization-key-expiration-restored'
      /** `nextReplacement`: when the schedule replaces the key; null: never. */
      facts: OrganizationKeyActed & { expiresAt: string; nextReplacement: string | null }
    }
  /** While it was still accepted; until when, had it been left alone. */
  | { kind: 'organization-key-deleted'; facts: OrganizationKeyActed & { wouldHaveWorkedUntil: string } }
  | { kind: 'organization-key-interval-set'; facts: IntervalSet }
  | { kind: 'admin-ended'; facts: AdminEnded }
  | { kind: 'media-limit-decided'; facts: MediaLimitDecided }
  | { kind: 'service-key-ending'; facts: ServiceKeyEnding }
  | { kind: 'service-key-expired'; facts: ServiceKeyEnding }

export type NoticeKind = NoticeContent['kind']
export type FactsOf<Kind extends NoticeKind> = Extract<NoticeContent, { kind: Kind }>['facts']

export const noticeKinds = [
  'organization-key-replaced',
  'organization-key-ending',
  'organization-key-issued',
  'organization-key-revealed',
  'organization-key-revoked',
  'organization-key-expiration-removed',
  'organization-key-expiration-restored',
  'organization-key-deleted',
  'organization-key-interval-set',
  'admin-ended',
  'media-limit-decided',
  'service-key-ending',
  'service-key-expired',
] as const satisfies readonly NoticeKind[]

/** Why a mail that had to wait was not sent any more. */
export const dropReasons = [
  'key-deleted',
  'key-disabled',
  'key-ended',
  'end-changed',
  'key-replaced',
  'newer-notice',
  'not-a-recipient',
  'undeliverable',
] as const
export type DropReason = (typeof dropReasons)[number]

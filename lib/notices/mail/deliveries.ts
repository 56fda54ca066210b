import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { alertRecipients } from '@/lib/groups/alert-recipients'
import type { DropReason, NoticeContent } from '@/lib/notices/kinds'
import type { Standing } from './still-true'

/** A mail that one sender has for a while; `tries` tells its hold from a later one. */
export type Held = { noticeId: string; userId: string; tries: number }

export type HeldMail = Held & {
  email: string
  organization: { id: string; name: string; timeZone: string }
  raisedAt: Date
  content: NoticeContent
  standing: Standing
}

/** Takes what is due at `now`, oldest first, until `heldUntil`: nobody else takes it before then. */
export async function takeDue(now: Date, heldUntil: Date, limit: number): Promise<Held[]> {
  return db().execute<Held>(sql`
    with due as (
      select notice_id, user_id from notice_deliveries where next_mail_at <= ${now.toISOString()}
      order by next_mail_at limit ${limit} for update skip locked
    )
    update notice_deliveries delivery
    set next_mail_at = ${heldUntil.toISOString()}, mail_tries = mail_tries + 1
    from due where (delivery.notice_id, delivery.user_id) = (due.notice_id, due.user_id)
    returning delivery.notice_id as "noticeId", delivery.user_id as "userId", delivery.mail_tries as tries`)
}

type MailRow = {
  noticeId: string
  userId: string
  tries: number
  email: string
  organizationId: string
  organizationName: string
  timeZone: string
  raisedAt: string
  kind: NoticeContent['kind']
  facts: NoticeContent['facts']
  hasKey: boolean
  deletedAt: string | null
  disabledAt: string | null
  endsAt: string | null
  hasSuccessor: boolean
  isSuccessorCurrent: boolean
  hasNewer: boolean
  isAdmin: boolean
  isSubscribed: boolean
}

/** What is to be said in each of them, to whom, and how things stand with it now. */
export async function readHeld(held: readonly Held[]): Promise<HeldMail[]> {
  const rows = await db().execute<MailRow>(sql`
    select held."noticeId", held."userId", held.tries, person.email,
      notice.organization_id as "organizationId", organization.name as "organizationName",
      organization.time_zone as "timeZone", notice.created_at as "raisedAt", notice.kind, notice.facts,
      coalesce(organization_key.id, service_key.id) is not null as "hasKey",
      coalesce(organization_key.deleted_at, service_key.deleted_at) as "deletedAt",
      service_key.disabled_at as "disabledAt",
      coalesce(organization_key.accepted_until, organization_key.expires_at, service_key.expires_at) as "endsAt",
      organization_key.successor_id is not null as "hasSuccessor",
      exists (select from organization_keys successor where successor.id = organization_key.successor_id
        and successor.successor_id is null and successor.deleted_at is null) as "isSuccessorCurrent",
      exists (select from notices newer
        join notice_deliveries other on other.notice_id = newer.id and other.user_id = held."userId"
        where newer.subject_id = notice.subject_id and newer.kind = notice.kind
          and newer.created_at > notice.created_at) as "hasNewer",
      exists (select from memberships membership where membership.organization_id = notice.organization_id
        and membership.user_id = held."userId" and membership.role = 'admin') as "isAdmin",
      exists (select from (${alertRecipients(sql`notice.organization_id`)}) as alerted
        where alerted.user_id = held."userId") as "isSubscribed"
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as held("noticeId" text, "userId" text, tries integer)
    join notices notice on notice.id = held."noticeId"
    join users person on person.id = held."userId"
    join organizations organization on organization.id = notice.organization_id
    left join organization_keys organization_key on organization_key.id = notice.subject_id
    left join service_keys service_key on service_key.id = notice.subject_id`)
  return rows.map(heldMail)
}

function heldMail(row: MailRow): HeldMail {
  const { noticeId, userId, tries, email, organizationId: id, organizationName: name, timeZone } = row
  const { hasNewer, isAdmin, isSubscribed, hasSuccessor, isSuccessorCurrent } = row
  const key = {
    deletedAt: moment(row.deletedAt),
    disabledAt: moment(row.disabledAt),
    endsAt: moment(row.endsAt),
    hasSuccessor,
    isSuccessorCurrent,
  }
  return {
    ...{ noticeId, userId, tries, email, organization: { id, name, timeZone } },
    raisedAt: new Date(row.raisedAt),
    // Written by `raise`, which takes nothing else.
    content: { kind: row.kind, facts: row.facts } as NoticeContent,
    standing: { key: row.hasKey ? key : null, hasNewer, isAdmin, isSubscribed },
  }
}

const moment = (text: string | null) => (text === null ? null : new Date(text))

/** True even where the hold was over by then: it was taken. */
export async function markMailed({ noticeId, userId }: Held, now: Date): Promise<void> {
  await db().execute(sql`
    update notice_deliveries set next_mail_at = null, mailed_at = ${now.toISOString()}, mail_problem = null
    where notice_id = ${noticeId} and user_id = ${userId} and next_mail_at is not null`)
}

export async function markDropped(
  dropped: readonly (Held & { reason: DropReason })[],
  now: Date,
): Promise<void> {
  if (dropped.length === 0) return
  const given = dropped.map(({ noticeId, userId, reason }) => ({ noticeId, userId, reason }))
  await db().execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given("noticeId" text, "userId" text, reason text)
    ), dropped as materialized (${lockedInOrder})
    update notice_deliveries delivery
    set next_mail_at = null, dropped_at = ${now.toISOString()}, drop_reason = dropped.reason, mail_problem = null
    from dropped
    where (notice_id, user_id) = (dropped."noticeId", dropped."userId") and next_mail_at is not null`)
}

/** Lets go of mails that were not taken, or not even tried, unless somebody else has taken hold of them since. */
export async function putOff(
  mails: readonly (Held & { nextMailAt: Date; problem: string | null; wasTried: boolean })[],
): Promise<void> {
  if (mails.length === 0) return
  await db().execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) as given("noticeId" text, "userId" text,
        tries integer, "nextMailAt" timestamptz, problem text, "wasTried" boolean)
    ), later as materialized (${lockedInOrder})
    update notice_deliveries delivery set next_mail_at = later."nextMailAt",
      mail_problem = coalesce(later.problem, mail_problem),
      mail_tries = mail_tries - case when later."wasTried" then 0 else 1 end
    from later
    where (notice_id, user_id) = (later."noticeId", later."userId") and next_mail_at is not null
      and mail_tries = later.tries`)
}

/** In the order of who marks all as read (mark-all-read.ts), so that neither waits in a ring. */
const lockedInOrder = sql`
  select given.* from given
  join notice_deliveries locked on (locked.notice_id, locked.user_id) = (given."noticeId", given."userId")
  order by locked.notice_id, locked.user_id for update of locked`

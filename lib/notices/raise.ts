import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { newId } from '@/lib/id'
import type { NoticeContent } from './kinds'

export type NewNotice = NoticeContent & {
  organizationId: string
  /** What it is about: a key, a person, an organization or its request. */
  subjectId: string
  /** Which one of its kind about this subject; the same one again is not raised. */
  occasion: string
  /** Ids of the people who are told. Nobody: nothing is raised. */
  recipients: readonly string[]
}

/**
 * Raises notices inside the caller's transaction, with as few statements for many as for one: in the console at once,
 * by mail as soon as somebody sends what is due (lib/notices/send-due.ts). Those that are already there stay as they
 * are, which two sweeps at once rely on. To be called before what happened is recorded: it asks for the recipients'
 * rows, and whoever joins holds their own while they wait for the audit log.
 * @returns how many were new
 */
export async function raise(tx: Transaction, notices: readonly NewNotice[], now: Date): Promise<number> {
  const rows = notices
    .filter(({ recipients }) => recipients.length > 0)
    .map((notice) => ({
      id: newId('ntc'),
      organization_id: notice.organizationId,
      kind: notice.kind,
      subject_id: notice.subjectId,
      occasion: notice.occasion,
      facts: notice.facts,
      recipients: notice.recipients,
    }))
  if (rows.length === 0) return 0
  const [counted] = await tx.execute<{ raised: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id text, organization_id text, kind text,
        subject_id text, occasion text, facts jsonb, recipients jsonb)
    ), raised as (
      insert into notices (id, organization_id, kind, subject_id, occasion, facts, created_at)
      select id, organization_id, kind, subject_id, occasion, facts, ${now.toISOString()}::timestamptz from given
      order by subject_id, kind, occasion
      on conflict (subject_id, kind, occasion) do nothing
      returning id, organization_id, created_at
    ), delivered as (
      insert into notice_deliveries (notice_id, user_id, organization_id, created_at, next_mail_at)
      select raised.id, recipient.id, raised.organization_id, raised.created_at, raised.created_at
      from raised join given on given.id = raised.id, jsonb_array_elements_text(given.recipients) as recipient(id)
      returning 1
    )
    select count(*)::int as raised from raised`)
  return counted?.raised ?? 0
}

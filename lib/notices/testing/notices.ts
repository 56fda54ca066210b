import type postgres from 'postgres'
import { db } from '@/db/client'
import { newId } from '@/lib/id'
import { type NewNotice, raise } from '@/lib/notices/raise'

type Some = {
  organizationId: string
  recipients: readonly string[]
  kind?: 'service-key-ending' | 'organization-key-revealed'
  name?: string
}

/** A notice of its own, and its id. */
export async function raised(
  { organizationId, recipients, kind = 'service-key-ending', name = 'Till' }: Some,
  now: Date,
): Promise<string> {
  const subjectId = newId('key')
  const key = { key: 'kt_svc_…1234', lastUse: null }
  const facts =
    kind === 'service-key-ending'
      ? { ...key, name, serviceUser: 'Tills', endsAt: now.toISOString() }
      : { ...key, by: name, byEmail: null, from: null }
  const notice = { kind, facts, organizationId, recipients, subjectId, occasion: 'test' } as NewNotice
  await db().transaction((tx) => raise(tx, [notice], now))
  const [row] = await db().query.notices.findMany({
    columns: { id: true },
    where: (notices, { eq }) => eq(notices.subjectId, subjectId),
  })
  if (!row) throw new Error('the notice was not raised')
  return row.id
}

/** Very many notices of one person, ten of each moment, of which the newest hundred are unread. */
export async function fillNotices(
  owner: postgres.Sql,
  { userId, organizationId }: { userId: string; organizationId: string },
  { count, now }: { count: number; now: Date },
): Promise<void> {
  const mark = newId('ntc').slice(4, 12)
  await owner`
    with made as (
      insert into notices (id, organization_id, kind, subject_id, occasion, facts, created_at)
      select 'ntc_x' || ${mark}::text || n, ${organizationId},
        case n % 10 when 0 then 'organization-key-revealed' else 'service-key-ending' end, ${mark}::text || n, 'test',
        jsonb_build_object('name', n), ${now}::timestamptz - (n / 10) * interval '1 minute 1 microsecond'
      from generate_series(0, ${count - 1}::int) n
      returning id, organization_id, created_at
    )
    insert into notice_deliveries (notice_id, user_id, organization_id, created_at, mailed_at, read_at)
    select id, ${userId}, organization_id, created_at, created_at,
      case when created_at <= ${now}::timestamptz - interval '10 minutes' then now() end from made`
}

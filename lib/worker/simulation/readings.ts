import type postgres from 'postgres'
import { hour } from './facts/world'
import type { Made } from './oracle/oracle'

/**
 * How things stand at a moment: organizations without exactly one current key, or without one that is accepted; mails
 * that are due by the clocks of those who send them, mails that are soon tried again, and those that wait and of which
 * admins read why.
 */
export async function readStanding(owner: postgres.Sql, at: number, dueAt: number = at) {
  const now = new Date(at).toISOString()
  const soon = new Date(at + 2 * hour).toISOString()
  const [row] = await owner<
    {
      notOneCurrent: number
      lockedOut: number
      mailsDue: number
      mailsTried: number
      mailsExplained: number
    }[]
  >`
    select count(*) filter (where currents <> 1)::int as "notOneCurrent",
      count(*) filter (where not is_accepted)::int as "lockedOut",
      (select count(*)::int from notice_deliveries where next_mail_at <= ${new Date(dueAt).toISOString()}) as "mailsDue",
      (select count(*)::int from notice_deliveries where next_mail_at <= ${soon} and mail_tries > 0)
        as "mailsTried",
      (select count(*)::int from notice_deliveries where next_mail_at is not null and mail_problem is not null)
        as "mailsExplained"
    from (
      select count(*) filter (where successor_id is null and deleted_at is null) as currents,
        bool_or(deleted_at is null and created_at <= ${now} and coalesce(accepted_until, expires_at, 'infinity') > ${now})
          as is_accepted
      from organization_keys group by organization_id
    ) as organization`
  if (!row) throw new Error('no row')
  return row
}

/** The keys that the schedule made at these moments. */
export async function readMade(owner: postgres.Sql, moments: readonly number[]): Promise<Made[]> {
  const rows = await owner<{ organizationId: string; predecessorId: string; id: string; at: Date }[]>`
    select made.organization_id as "organizationId", former.id as "predecessorId", made.id, made.created_at as at
    from organization_keys made join organization_keys former on former.successor_id = made.id
    where made.created_by is null and made.created_at in ${owner(moments.map((at) => new Date(at)))}`
  return rows.map((row) => ({ ...row, at: row.at.getTime() }))
}

import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { findDeliveries } from '@/lib/notices/mail/find-deliveries'
import { cursorText, exactAt } from '@/lib/requests/cursor'
import { kindsAbout, type NoticeSearch } from './inputs'
import type { Reader } from './store'
import { type NoticeRow, type NoticeView, viewNotice } from './view'

export const pageSize = 30

export type NoticePage = {
  notices: NoticeView[]
  /** Where the next, older page begins; null at the end. */
  next: string | null
}

/**
 * A page of the reader's notices in one organization, or of all that it has, newest first. Pages follow one another by
 * the last row's place, so that what arrives in the meantime neither doubles nor hides another.
 */
export async function listNotices(
  reader: Reader,
  search: NoticeSearch,
  { withDeliveries }: { withDeliveries: boolean },
): Promise<NoticePage> {
  const rows = await db().execute<NoticeRow>(pageQuery(reader, search))
  const shown = rows.slice(0, pageSize)
  const ids = shown.map(({ id }) => id)
  const deliveries = withDeliveries ? await findDeliveries(reader.organizationId, ids) : null
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    notices: shown.map((row) => viewNotice(row, deliveries?.get(row.id) ?? null)),
    next: last ? cursorText({ at: last.exact_at, id: last.id }) : null,
  }
}

/** The statement behind a page: one range of one index, and the notices of its rows by their ids. */
export function pageQuery(reader: Reader, search: NoticeSearch): SQL {
  const { about } = search
  const ofKind = about
    ? sql`and notice.kind in (${sql.join(
        kindsAbout[about].map((kind) => sql`${kind}`),
        sql`, `,
      )})`
    : sql``
  return search.whose === 'mine' ? ownQuery(reader, search, ofKind) : everybodysQuery(reader, search, ofKind)
}

function ownQuery({ userId, organizationId }: Reader, { show, after }: NoticeSearch, ofKind: SQL): SQL {
  return sql`
    select notice.id, notice.kind, notice.facts, ${sql.raw(exactAt('own.created_at'))} as exact_at,
      own.read_at is not null as is_read
    from notice_deliveries own join notices notice on notice.id = own.notice_id
    where own.user_id = ${userId} and own.organization_id = ${organizationId} ${ofKind}
      ${show === 'unread' ? sql`and own.read_at is null` : sql``}
      ${after ? sql`and (own.created_at, own.notice_id) < (${after.at}::text::timestamptz, ${after.id})` : sql``}
    order by own.created_at desc, own.notice_id desc
    limit ${pageSize + 1}`
}

function everybodysQuery({ userId, organizationId }: Reader, { after }: NoticeSearch, ofKind: SQL): SQL {
  return sql`
    select notice.id, notice.kind, notice.facts, ${sql.raw(exactAt('notice.created_at'))} as exact_at,
      case when own.user_id is not null then own.read_at is not null end as is_read
    from notices notice
    left join notice_deliveries own on own.notice_id = notice.id and own.user_id = ${userId}
    where notice.organization_id = ${organizationId} ${ofKind}
      ${after ? sql`and (notice.created_at, notice.id) < (${after.at}::text::timestamptz, ${after.id})` : sql``}
    order by notice.created_at desc, notice.id desc
    limit ${pageSize + 1}`
}

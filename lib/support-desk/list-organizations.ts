import { and, asc, desc, eq, exists, ilike, isNull, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { media, mediaLimitChanges, mediaLimitRequests, organizations } from '@/db/schema'
import { containing } from '@/lib/like-pattern'
import type { OrganizationSearch } from './inputs'
import { type ListedOrganization, viewLimit } from './view'

export const pageSize = 25

/** A page of organizations by name, and the one after which the next page begins, if there is a next one. */
export async function listOrganizations(
  search: OrganizationSearch,
  now = new Date(),
): Promise<{ organizations: ListedOrganization[]; next: string | null }> {
  const rows = await organizationsQuery(search)
  const shown = rows.slice(0, pageSize)
  return {
    organizations: shown.map((row) => ({
      id: row.id,
      name: row.name,
      limit: viewLimit(row, now),
      usage: { files: row.files, bytes: row.bytes },
      request:
        row.askedAt && row.wantedBytes !== null
          ? { wantedBytes: row.wantedBytes, askedAt: row.askedAt.toISOString() }
          : null,
      changedAt: row.changedAt?.toISOString() ?? null,
    })),
    next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** Finds the page first, so that usage is summed up for its rows only. Exported for the test of its plan. */
export function organizationsQuery(search: OrganizationSearch) {
  const page = pageOf(search)
  const used = db()
    .select({
      files: sql<number>`count(*)::int`.as('files'),
      // Sums of bytes stay whole numbers in a double up to 9 PB.
      bytes: sql<number>`coalesce(sum(${media.bytes}), 0)::float8`.as('used_bytes'),
    })
    .from(media)
    .where(eq(media.organizationId, page.id))
    .as('used')
  const changed = db()
    .select({ changedAt: mediaLimitChanges.changedAt })
    .from(mediaLimitChanges)
    .where(eq(mediaLimitChanges.organizationId, page.id))
    .orderBy(desc(mediaLimitChanges.number))
    .limit(1)
    .as('changed')
  return db()
    .select({
      id: page.id,
      name: page.name,
      mediaLimitBytes: page.mediaLimitBytes,
      temporaryMediaLimitBytes: page.temporaryMediaLimitBytes,
      temporaryMediaLimitEndsAt: page.temporaryMediaLimitEndsAt,
      files: used.files,
      bytes: used.bytes,
      wantedBytes: mediaLimitRequests.wantedBytes,
      askedAt: mediaLimitRequests.createdAt,
      changedAt: changed.changedAt,
    })
    .from(page)
    .innerJoinLateral(used, sql`true`)
    .leftJoinLateral(changed, sql`true`)
    .leftJoin(
      mediaLimitRequests,
      and(eq(mediaLimitRequests.organizationId, page.id), isNull(mediaLimitRequests.answeredAt)),
    )
    .orderBy(sql`lower(${page.name})`, asc(page.id))
}

function pageOf({ text, onlyOpen, after }: OrganizationSearch) {
  const byName = sql`lower(${organizations.name})`
  const open = db()
    .select({ one: sql`1` })
    .from(mediaLimitRequests)
    .where(
      and(eq(mediaLimitRequests.organizationId, organizations.id), isNull(mediaLimitRequests.answeredAt)),
    )
  return db()
    .select({
      id: organizations.id,
      name: organizations.name,
      mediaLimitBytes: organizations.mediaLimitBytes,
      temporaryMediaLimitBytes: organizations.temporaryMediaLimitBytes,
      temporaryMediaLimitEndsAt: organizations.temporaryMediaLimitEndsAt,
    })
    .from(organizations)
    .where(
      and(
        text ? or(eq(organizations.id, text), ilike(organizations.name, containing(text))) : undefined,
        onlyOpen ? exists(open) : undefined,
        after
          ? sql`(${byName}, ${organizations.id}) > (select lower(o.name), o.id from organizations o where o.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(byName, asc(organizations.id))
    .limit(pageSize + 1)
    .as('page')
}

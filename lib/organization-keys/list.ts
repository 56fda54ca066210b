import { aliasedTable, and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyUses, organizationKeys, organizations, users } from '@/db/schema'
import { personNameOrNull } from '@/lib/auth/person-name'
import { type OrganizationKeysView, viewKey } from './view'

/** The organization's keys, newest first, with who uses them. Deleted ones are not shown. */
export async function listKeys(organizationId: string, now = new Date()): Promise<OrganizationKeysView> {
  const creator = aliasedTable(users, 'creator')
  const revoker = aliasedTable(users, 'revoker')
  const sevenDaysAgo = new Date(now.getTime() - 7 * 86_400_000)
  const latest = db()
    .select({ lastUsedAt: keyUses.lastUsedAt, address: keyUses.address })
    .from(keyUses)
    .where(eq(keyUses.keyId, organizationKeys.id))
    .orderBy(desc(keyUses.lastUsedAt))
    .limit(1)
    .as('latest')
  const recent = db()
    .select({ addresses: sql<number>`count(*)::int`.as('addresses') })
    .from(keyUses)
    .where(
      and(eq(keyUses.keyId, organizationKeys.id), sql`${keyUses.lastUsedAt} > ${sevenDaysAgo.toISOString()}`),
    )
    .as('recent')

  const [rows, [organization]] = await Promise.all([
    db()
      .select({
        key: organizationKeys,
        createdByName: personNameOrNull(creator),
        revokedByName: personNameOrNull(revoker),
        lastUsedAt: latest.lastUsedAt,
        lastUsedFrom: latest.address,
        addresses: recent.addresses,
      })
      .from(organizationKeys)
      .leftJoin(creator, eq(creator.id, organizationKeys.createdBy))
      .leftJoin(revoker, eq(revoker.id, organizationKeys.revokedBy))
      .leftJoinLateral(latest, sql`true`)
      .leftJoinLateral(recent, sql`true`)
      .where(and(eq(organizationKeys.organizationId, organizationId), isNull(organizationKeys.deletedAt)))
      .orderBy(desc(organizationKeys.generation)),
    db().select().from(organizations).where(eq(organizations.id, organizationId)),
  ])
  if (!organization) throw new Error(`organization ${organizationId} does not exist`)

  const keys = rows.map(({ key, createdByName, revokedByName, lastUsedAt, lastUsedFrom, addresses }) =>
    viewKey(
      { ...key, createdByName, revokedByName, lastUsedAt, lastUsedFrom, addressesIn7Days: addresses ?? 0 },
      now,
    ),
  )
  return {
    keys,
    replaceEveryDays: organization.replaceEveryDays,
    now: now.toISOString(),
  }
}

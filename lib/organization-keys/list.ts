import { aliasedTable, and, desc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { organizationKeys, organizations, users } from '@/db/schema'
import { personNameOrNull } from '@/lib/auth/person-name'
import { findLastUses } from './last-uses'
import { type OrganizationKeysView, viewKey } from './view'

/** The organization's keys, newest first, with who uses them. Deleted ones are not shown. */
export async function listKeys(organizationId: string, now = new Date()): Promise<OrganizationKeysView> {
  const creator = aliasedTable(users, 'creator')
  const revoker = aliasedTable(users, 'revoker')
  const [rows, [organization]] = await Promise.all([
    db()
      .select({
        key: organizationKeys,
        createdByName: personNameOrNull(creator),
        revokedByName: personNameOrNull(revoker),
      })
      .from(organizationKeys)
      .leftJoin(creator, eq(creator.id, organizationKeys.createdBy))
      .leftJoin(revoker, eq(revoker.id, organizationKeys.revokedBy))
      .where(and(eq(organizationKeys.organizationId, organizationId), isNull(organizationKeys.deletedAt)))
      .orderBy(desc(organizationKeys.generation)),
    db().select().from(organizations).where(eq(organizations.id, organizationId)),
  ])
  if (!organization) throw new Error(`organization ${organizationId} does not exist`)

  const uses = await findLastUses(
    db(),
    rows.map(({ key }) => key.id),
    now,
  )

  const keys = rows.map(({ key, ...names }) => {
    const { lastUse, addressesIn7Days = 0 } = uses.get(key.id) ?? {}
    const lastUsedAt = lastUse ? new Date(lastUse.at) : null
    const lastUsedFrom = lastUse?.address ?? null
    return viewKey({ ...key, ...names, lastUsedAt, lastUsedFrom, addressesIn7Days }, now)
  })
  return {
    keys,
    replaceEveryDays: organization.replaceEveryDays,
    now: now.toISOString(),
  }
}

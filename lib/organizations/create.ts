import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { memberships, organizations, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { createFirstGroup } from '@/lib/groups/first-group'
import { newId } from '@/lib/id'
import { done, refuse } from '@/lib/outcome'

export const createOrganizationInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  adminEmail: z.string().trim().toLowerCase().pipe(z.email()),
  adminName: z.string().trim().min(1).max(100).optional(),
})

/** Makes an organization with its first admin, who may already have an account. Refuses a name that is taken. */
export async function createOrganization(
  { name, adminEmail, adminName }: z.output<typeof createOrganizationInput>,
  now = new Date(),
) {
  return db().transaction(async (tx) => {
    const [sameName] = await tx.select().from(organizations).where(eq(organizations.name, name))
    if (sameName) return refuse('name-taken')

    const organizationId = newId('org')
    await tx.insert(organizations).values({ id: organizationId, name, createdAt: now })
    await tx
      .insert(users)
      .values({ id: newId('usr'), email: adminEmail, name: adminName, createdAt: now })
      .onConflictDoNothing({ target: users.email })
    const [admin] = await tx.select().from(users).where(eq(users.email, adminEmail))
    if (!admin) throw new Error('the admin was not written')
    await tx.insert(memberships).values({ organizationId, userId: admin.id, role: 'admin', createdAt: now })
    await record(
      tx,
      { kind: 'system', organizationId },
      {
        action: 'organization.created',
        subjectKind: 'organization',
        subjectId: organizationId,
        details: { name, admin: adminEmail },
      },
      now,
    )
    await createFirstGroup(tx, organizationId, admin.id, now)
    return done({ organizationId })
  })
}

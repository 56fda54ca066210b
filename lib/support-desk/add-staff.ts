import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { users } from '@/db/schema'
import { platformChain } from '@/lib/audit/chain'
import { record } from '@/lib/audit/record'
import { newId } from '@/lib/id'
import { done, refuse } from '@/lib/outcome'

export const addStaffInput = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email()),
  name: z.string().trim().min(1).max(100).optional(),
})

/** Opens the support desk to a person, who may already have an account. Refuses whoever is staff already. */
export async function addStaff({ email, name }: z.output<typeof addStaffInput>, now = new Date()) {
  return db().transaction(async (tx) => {
    await tx
      .insert(users)
      .values({ id: newId('usr'), email, name, createdAt: now })
      .onConflictDoNothing({ target: users.email })
    const [person] = await tx.select().from(users).where(eq(users.email, email)).for('update')
    if (!person) throw new Error('the person was not written')
    if (person.isSupport) return refuse('already-staff')
    await tx.update(users).set({ isSupport: true }).where(eq(users.id, person.id))
    await record(
      tx,
      { kind: 'system', organizationId: platformChain },
      { action: 'staff.added', subjectKind: 'user', subjectId: person.id, details: { email } },
      now,
    )
    return done({ userId: person.id })
  })
}

import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { organizations } from '@/db/schema'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { done } from '@/lib/outcome'
import { lockOrganization } from './store'

/** Sets "Replace every" in days: for how long the keys that are made from now on are active. */
export async function setReplacementInterval(input: { days: number }, actor: Actor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    if (organization.replaceEveryDays === input.days) return done()
    await tx
      .update(organizations)
      .set({ replaceEveryDays: input.days })
      .where(eq(organizations.id, organization.id))
    await record(
      tx,
      actor,
      {
        action: 'organization.replacement-interval-set',
        subjectKind: 'organization',
        subjectId: organization.id,
        details: { from: organization.replaceEveryDays, to: input.days },
      },
      now,
    )
    return done()
  })
}

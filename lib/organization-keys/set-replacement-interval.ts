import { eq } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { organizations } from '@/db/schema'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { tellOfInterval } from '@/lib/notices/deeds/tell-of-interval'
import { done } from '@/lib/outcome'
import { stateOf } from './lifecycle'
import { nextReplacement, replaceByInterval } from './schedule'
import { findCurrentKey, lockOrganization, updateKey } from './store'

/**
 * Sets "Replace every" in days: for how long the keys that are made from now on are active, and by when the current
 * one is replaced, where that comes before its expiry.
 */
export async function setReplacementInterval(input: { days: number }, actor: Actor, now = new Date()) {
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    if (organization.replaceEveryDays === input.days) return done()
    await tx
      .update(organizations)
      .set({ replaceEveryDays: input.days })
      .where(eq(organizations.id, organization.id))
    const next = await bringForward(tx, organization.id, input.days, now)
    await tellOfInterval(
      tx,
      actor,
      { fromDays: organization.replaceEveryDays, toDays: input.days, ...next },
      now,
    )
    await record(
      tx,
      actor,
      {
        action: 'organization.replacement-interval-set',
        subjectKind: 'organization',
        subjectId: organization.id,
        details: { from: organization.replaceEveryDays, to: input.days, ...next },
      },
      now,
    )
    return done()
  })
}

/** Asks of the current key what the interval asks, and takes back what a shorter one asked. */
async function bringForward(tx: Transaction, organizationId: string, days: number, now: Date) {
  const key = await findCurrentKey(tx, organizationId)
  if (!key || stateOf(key, now) !== 'active') return { nextReplacement: null }
  const replaceBy = replaceByInterval(key, days)
  if (replaceBy?.getTime() !== key.replaceBy?.getTime()) await updateKey(tx, key, { replaceBy })
  return nextReplacement({ ...key, replaceBy })
}

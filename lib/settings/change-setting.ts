import { and, desc, eq } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { auditEvents, organizations, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { lockOrganization, type OrganizationRow } from '@/lib/organization-keys/store'
import { done, refuse } from '@/lib/outcome'

type Setting = 'isoUtcFormat' | 'timeZone' | 'requestIdHeader'

/** `from`: what the person saw when they chose; left out where both answers are plain, as with a switch. */
type Change<S extends Setting> = {
  setting: S
  action: string
  from?: OrganizationRow[S]
  to: OrganizationRow[S]
}

/**
 * The shape that all settings share: lock, compare, write, record; nothing is written when nothing changes. Refuses
 * with `changed-meanwhile`, what stands there now and who put it there, when it is not what the person saw.
 */
export async function changeSetting<S extends Setting>(change: Change<S>, actor: Actor, now: Date) {
  const { setting, action, from, to } = change
  return db().transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor.organizationId)
    const current = organization[setting]
    if (current === to) return done()
    if (from !== undefined && current !== from)
      return refuse('changed-meanwhile', { current, by: await lastChanger(tx, organization.id, action) })
    await tx
      .update(organizations)
      .set({ [setting]: to })
      .where(eq(organizations.id, organization.id))
    const event = { action, subjectKind: 'organization', subjectId: organization.id }
    await record(tx, actor, { ...event, details: { from: current, to } }, now)
    return done()
  })
}

/** The name of the person whom the audit log shows for the last change of this kind; null when it shows none. */
async function lastChanger(tx: Transaction, organizationId: string, action: string): Promise<string | null> {
  const [event] = await tx
    .select({ name: users.name, email: users.email })
    .from(auditEvents)
    .innerJoin(users, eq(users.id, auditEvents.actorId))
    .where(
      and(
        eq(auditEvents.chain, organizationId),
        eq(auditEvents.subjectId, organizationId),
        eq(auditEvents.action, action),
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(1)
  return event ? (event.name ?? event.email) : null
}

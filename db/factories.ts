import { db } from '@/db/client'
import { memberships, organizations, users } from '@/db/schema'
import { platformChain } from '@/lib/audit/chain'
import { actorOf, type SystemActor, type UserActor } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/permissions'
import { newId } from '@/lib/id'

/** Rows that no screen makes yet, for the demo and for tests. */
export async function createOrganization(
  facts: Partial<typeof organizations.$inferInsert> & { name: string },
): Promise<string> {
  const id = newId('org')
  await db()
    .insert(organizations)
    .values({ id, ...facts })
  return id
}

export async function createUser(facts: {
  email: string
  name?: string
  isSupport?: boolean
}): Promise<string> {
  const id = newId('usr')
  await db()
    .insert(users)
    .values({ id, ...facts })
  return id
}

export async function addMember(
  organizationId: string,
  userId: string,
  role: Exclude<Role, 'support'>,
  since = new Date(),
): Promise<void> {
  await db()
    .insert(memberships)
    .values({ organizationId, userId, role, createdAt: since })
    .onConflictDoNothing()
}

/** Makes a user, or takes the named one, a member, and answers the actor that the action wrapper would make of them. */
export async function createMember(
  organizationId: string,
  facts: {
    email: string
    name?: string
    role: Exclude<Role, 'support'>
    userId?: string | undefined
    since?: Date
  },
): Promise<UserActor> {
  const userId = facts.userId ?? (await createUser({ email: facts.email, name: facts.name }))
  await addMember(organizationId, userId, facts.role, facts.since)
  const { email, name = null, role } = facts
  return actorOf({ id: userId, email, name }, { organizationId, role }, sourceOf(userId))
}

/** A person of the platform's staff, as the action wrapper would make them. */
export function supportActor(userId: string, facts: { email: string; name: string }): UserActor {
  const place = { organizationId: platformChain, role: 'support' } as const
  return actorOf({ id: userId, ...facts }, place, sourceOf(userId))
}

const sourceOf = (userId: string) => ({
  sessionHash: `factory ${userId}`,
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
})

export const systemActor = (organizationId: string): SystemActor => ({ kind: 'system', organizationId })

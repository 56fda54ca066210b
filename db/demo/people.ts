import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { createMember, createOrganization, createUser, supportActor } from '@/db/factories'
import { organizations, users } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'

/** Each of these makes what is not there yet, so that a seed that was cut off can be taken up again. */
export async function organization(facts: Parameters<typeof createOrganization>[0]): Promise<string> {
  const [existing] = await db().select().from(organizations).where(eq(organizations.name, facts.name))
  return existing?.id ?? createOrganization(facts)
}

type MemberFacts = Parameters<typeof createMember>[1]

export async function member(organizationId: string, facts: MemberFacts): Promise<UserActor> {
  return createMember(organizationId, { ...facts, userId: await userIdOf(facts.email) })
}

export async function supportPerson(facts: { email: string; name: string }): Promise<UserActor> {
  const userId = (await userIdOf(facts.email)) ?? (await createUser({ ...facts, isSupport: true }))
  return supportActor(userId, facts)
}

async function userIdOf(email: string): Promise<string | undefined> {
  const [existing] = await db().select().from(users).where(eq(users.email, email))
  return existing?.id
}

import { eq } from 'drizzle-orm'
import { closeDatabase, db } from '@/db/client'
import { createMember, createOrganization, createUser, systemActor } from '@/db/factories'
import { keyUses, organizations, users } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { issue } from '@/lib/organization-keys/issue'
import { day } from '@/lib/organization-keys/lifecycle'
import { revoke } from '@/lib/organization-keys/revoke'
import { findCurrentKey } from '@/lib/organization-keys/store'

const support = 'support@example.com'

/**
 * The demo: its keys are made by the product's own verbs, at moments in the past. A seed that was cut off is taken
 * up where it stopped; its last row says that it is whole, and then this does nothing.
 */
async function seed(now = new Date()): Promise<void> {
  if (await exists(support)) return
  await northwind(now)
  await contoso(now)
  await createUser({ email: support, name: 'Jordan Platt', isSupport: true })
}

async function northwind(now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const id = await organization({ name: 'Northwind', timeZone: 'Europe/Berlin', createdAt: ago(420) })
  const admin = await member(id, { email: 'admin@example.com', name: 'Alex Morgan', role: 'admin' })
  const admin2 = await member(id, { email: 'admin2@example.com', name: 'Sam Rivera', role: 'admin' })
  await member(id, { email: 'developer@example.com', name: 'Dana Kim', role: 'developer' })
  await member(id, { email: 'auditor@example.com', name: 'Robin Patel', role: 'auditor' })
  await member(id, { email: 'member@example.com', name: 'Chris Lee', role: 'member' })

  if ((await generation(id)) < 1) await issue({}, admin, ago(410))
  if ((await generation(id)) < 2) await revokeCurrent(admin2, ago(290.3))
  if ((await generation(id)) < 3) {
    await recordUses(id, [
      ['198.51.100.24', 'billing-sync/2.4', ago(0.2)],
      ['198.51.100.61', 'crm-export/1.9', ago(3.4)],
      ['203.0.113.90', 'curl/8.5.0', ago(40)],
    ])
    await revokeCurrent(admin, ago(12.1))
  }
  await recordUses(id, [
    ['198.51.100.23', 'storefront/5.1', new Date(now.getTime() - 95_000)],
    ['198.51.100.61', 'crm-export/2.0', ago(1.1)],
  ])
}

async function contoso(now: Date): Promise<void> {
  const id = await organization({ name: 'Contoso', timeZone: 'America/New_York' })
  await member(id, { email: 'admin@contoso.example', name: 'Taylor Brooks', role: 'admin' })
  if ((await generation(id)) < 1) await issue({}, systemActor(id), new Date(now.getTime() - 340 * day))
}

async function exists(email: string): Promise<boolean> {
  return (await db().select().from(users).where(eq(users.email, email))).length > 0
}

async function organization(facts: Parameters<typeof createOrganization>[0]): Promise<string> {
  const [existing] = await db().select().from(organizations).where(eq(organizations.name, facts.name))
  return existing?.id ?? createOrganization(facts)
}

type MemberFacts = Parameters<typeof createMember>[1]

async function member(organizationId: string, facts: MemberFacts): Promise<UserActor> {
  const [existing] = await db().select().from(users).where(eq(users.email, facts.email))
  return createMember(organizationId, { ...facts, userId: existing?.id })
}

async function generation(organizationId: string): Promise<number> {
  return (await findCurrentKey(db(), organizationId))?.generation ?? 0
}

async function revokeCurrent(actor: UserActor, at: Date): Promise<void> {
  const outcome = await revoke({ keyId: await currentKeyId(actor.organizationId) }, actor, at)
  if (!outcome.ok) throw new Error(`the demo's key was not revoked: ${outcome.reason}`)
}

async function currentKeyId(organizationId: string): Promise<string> {
  const key = await findCurrentKey(db(), organizationId)
  if (!key) throw new Error('the demo has no current key')
  return key.id
}

async function recordUses(organizationId: string, uses: [string, string, Date][]): Promise<void> {
  const keyId = await currentKeyId(organizationId)
  const rows = uses.map(([address, userAgent, lastUsedAt]) => ({
    keyId,
    organizationId,
    address,
    userAgent,
    lastUsedAt,
  }))
  await db().insert(keyUses).values(rows).onConflictDoNothing()
}

await seed()
await closeDatabase()

import { eq } from 'drizzle-orm'
import { closeDatabase, db } from '@/db/client'
import { createMember, createOrganization, createUser, systemActor } from '@/db/factories'
import { keyUses, organizations } from '@/db/schema'
import { issue } from '@/lib/organization-keys/issue'
import { day } from '@/lib/organization-keys/lifecycle'
import { revoke } from '@/lib/organization-keys/revoke'
import { findCurrentKey } from '@/lib/organization-keys/store'

/** The demo: its keys are made by the product's own verbs, at moments in the past. Does nothing when it is there already. */
async function seed(now = new Date()): Promise<void> {
  const [existing] = await db().select().from(organizations).where(eq(organizations.name, 'Northwind'))
  if (existing) return
  await createUser({ email: 'support@example.com', name: 'Jordan Platt', isSupport: true })
  await northwind(now)
  await contoso(now)
}

async function northwind(now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const id = await createOrganization({ name: 'Northwind', timeZone: 'Europe/Berlin', createdAt: ago(420) })
  const admin = await createMember(id, { email: 'admin@example.com', name: 'Alex Morgan', role: 'admin' })
  const admin2 = await createMember(id, { email: 'admin2@example.com', name: 'Sam Rivera', role: 'admin' })
  await createMember(id, { email: 'developer@example.com', name: 'Dana Kim', role: 'developer' })
  await createMember(id, { email: 'auditor@example.com', name: 'Robin Patel', role: 'auditor' })
  await createMember(id, { email: 'member@example.com', name: 'Chris Lee', role: 'member' })

  await issue({}, admin, ago(410))
  await revoke({ keyId: await currentKeyId(id) }, admin2, ago(290.3))
  await recordUses(id, await currentKeyId(id), [
    ['198.51.100.24', 'billing-sync/2.4', ago(0.2)],
    ['198.51.100.61', 'crm-export/1.9', ago(3.4)],
    ['203.0.113.90', 'curl/8.5.0', ago(40)],
  ])
  await revoke({ keyId: await currentKeyId(id) }, admin, ago(12.1))
  await recordUses(id, await currentKeyId(id), [
    ['198.51.100.23', 'storefront/5.1', new Date(now.getTime() - 95_000)],
    ['198.51.100.61', 'crm-export/2.0', ago(1.1)],
  ])
}

async function contoso(now: Date): Promise<void> {
  const id = await createOrganization({ name: 'Contoso', timeZone: 'America/New_York' })
  await createMember(id, { email: 'admin@contoso.example', name: 'Taylor Brooks', role: 'admin' })
  await issue({}, systemActor(id), new Date(now.getTime() - 340 * day))
}

async function currentKeyId(organizationId: string): Promise<string> {
  const key = await findCurrentKey(db(), organizationId)
  if (!key) throw new Error('the demo has no current key')
  return key.id
}

async function recordUses(
  organizationId: string,
  keyId: string,
  uses: [string, string, Date][],
): Promise<void> {
  await db()
    .insert(keyUses)
    .values(
      uses.map(([address, userAgent, lastUsedAt]) => ({
        keyId,
        organizationId,
        address,
        userAgent,
        lastUsedAt,
      })),
    )
}

await seed()
await closeDatabase()

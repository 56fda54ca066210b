import type postgres from 'postgres'
import { db } from '@/db/client'
import { createMember, createOrganization, createUser } from '@/db/factories'
import { mediaLimitRequests } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import type { SetMediaLimit } from '@/lib/support-desk/inputs'

const MiB = 1_048_576

/** Two of the staff, and an organization with two admins and a developer. */
export type Desk = { organizationId: string; admin: UserActor; jordan: UserActor; kim: UserActor }

/** @param number tells it from the desks of other tests */
export async function openDesk(number: number): Promise<Desk> {
  const organizationId = await createOrganization({ name: `Org ${number}`, timeZone: 'Europe/Berlin' })
  const member = (name: string, role: 'admin' | 'developer') =>
    createMember(organizationId, { email: `${name.toLowerCase()}${number}@example.com`, name, role })
  const admin = await member('Ann', 'admin')
  await member('Ben', 'admin')
  await member('Dan', 'developer')
  const staff = async (name: string): Promise<UserActor> => {
    const email = `${name.toLowerCase()}-${number}@staff.example.com`
    const userId = await createUser({ email, name, isSupport: true })
    return { ...admin, userId, email, name, role: 'support', organizationId: 'platform' }
  }
  return { organizationId, admin, jordan: await staff('Jordan'), kim: await staff('Kim') }
}

/** A first change of the organization's limit, to 20 MiB for good where `facts` say nothing else. */
export function changeAt({ organizationId }: Desk, facts: Partial<SetMediaLimit>): SetMediaLimit {
  return { organizationId, bytes: 20 * MiB, reason: 'A migration', seen: 0, ...facts }
}

/** A request of the organization's; its id. */
export async function askSupport(
  { organizationId, admin }: Desk,
  createdAt: Date,
  { wantedBytes = 20 * MiB, reason = 'Longer videos' } = {},
): Promise<string> {
  const id = newId('mlr')
  await db()
    .insert(mediaLimitRequests)
    .values({ id, organizationId, wantedBytes, reason, createdAt, createdBy: admin.userId })
  return id
}

/** What people were told of support's decisions, who of them, and whether their mail has gone. */
export async function toldOfDecisions(owner: postgres.Sql, organizationId: string) {
  const rows = await owner`select facts, users.name, mailed_at is not null as "isMailed" from notices
    join notice_deliveries on notice_deliveries.notice_id = notices.id join users on users.id = user_id
    where notices.organization_id = ${organizationId} and kind = 'media-limit-decided'
    order by notices.created_at, users.name`
  return rows.map(({ facts, name, isMailed }) => ({ facts, name, isMailed }))
}

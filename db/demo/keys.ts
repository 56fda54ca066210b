import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyUses, organizationKeys } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { issue } from '@/lib/organization-keys/issue'
import { replaceDue } from '@/lib/organization-keys/replace-due'
import { revoke } from '@/lib/organization-keys/revoke'
import { findCurrentKey } from '@/lib/organization-keys/store'

type Use = [address: string, userAgent: string, at: Date]

export async function issueFirstKey(by: UserActor, at: Date): Promise<void> {
  if ((await generation(by.organizationId)) < 1) await issue({}, by, at)
}

/** Revokes generation `number` after it was used, unless that is done. */
export async function replaceKey(number: number, by: UserActor, at: Date, uses: Use[] = []): Promise<void> {
  if ((await generation(by.organizationId)) > number) return
  await recordUses(by.organizationId, uses)
  const outcome = await revoke({ keyId: await currentKeyId(by.organizationId) }, by, at)
  if (!outcome.ok) throw new Error(`the demo's key was not revoked: ${outcome.reason}`)
}

/** The schedule replaces the first key, which was due at `at` and used before; it is used on. */
export async function replaceByScheduleOnce(
  organizationId: string,
  at: Date,
  { before, since }: { before: Use[]; since: Use[] },
): Promise<void> {
  if ((await generation(organizationId)) < 2) {
    await recordUses(organizationId, before)
    while ((await replaceDue(at)) > 0);
  }
  await recordUses(organizationId, since, (await keyIds(organizationId)).at(-1))
}

export async function recordUses(organizationId: string, uses: Use[], ofKey?: string): Promise<void> {
  if (uses.length === 0) return
  const keyId = ofKey ?? (await currentKeyId(organizationId))
  const rows = uses.map(([address, userAgent, lastUsedAt]) => ({
    keyId,
    organizationId,
    address,
    userAgent,
    lastUsedAt,
  }))
  await db().insert(keyUses).values(rows).onConflictDoNothing()
}

export async function currentKeyId(organizationId: string): Promise<string> {
  const key = await findCurrentKey(db(), organizationId)
  if (!key) throw new Error('the demo has no current key')
  return key.id
}

/** The ids of all generations, newest first. */
export async function keyIds(organizationId: string): Promise<string[]> {
  const keys = await db()
    .select({ id: organizationKeys.id })
    .from(organizationKeys)
    .where(eq(organizationKeys.organizationId, organizationId))
    .orderBy(desc(organizationKeys.generation))
  return keys.map(({ id }) => id)
}

async function generation(organizationId: string): Promise<number> {
  return (await findCurrentKey(db(), organizationId))?.generation ?? 0
}

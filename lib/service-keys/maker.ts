import { eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '@/db/client'
import { organizationKeys, serviceKeySecrets, serviceKeys, users } from '@/db/schema'
import { personNameOrNull } from '@/lib/auth/person-name'
import { makerName } from './maker-name'

/** The key by which a program made a row; it may be a service key itself. */
export const makingKey = alias(serviceKeys, 'making_key')

/** For a query that joins `users`, `makingKey` and `organizationKeys` to who made a row. */
export const makerColumns = {
  person: personNameOrNull(users),
  program: makingKey.name,
  generation: organizationKeys.generation,
}

export async function makerOfSecret(tx: Transaction, secretId: string): Promise<string | null> {
  const { createdBy, createdByKeyId } = serviceKeySecrets
  const [maker] = await tx
    .select(makerColumns)
    .from(serviceKeySecrets)
    .leftJoin(users, eq(users.id, createdBy))
    .leftJoin(makingKey, eq(makingKey.id, createdByKeyId))
    .leftJoin(organizationKeys, eq(organizationKeys.id, createdByKeyId))
    .where(eq(serviceKeySecrets.id, secretId))
  return maker ? makerName(maker) : null
}

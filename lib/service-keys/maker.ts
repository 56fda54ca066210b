import { eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '@/db/client'
import { organizationKeys, serviceKeySecrets, serviceKeys, users } from '@/db/schema'
import { personNameOrNull } from '@/lib/auth/person-name'
import { keyName } from '@/lib/organization-keys/lifecycle'

/** The key by which a program made a row; it may be a service key itself. */
export const makingKey = alias(serviceKeys, 'making_key')

/** For a query that joins `users`, `makingKey` and `organizationKeys` to who made a row. */
export const makerColumns = {
  person: personNameOrNull(users),
  program: makingKey.name,
  generation: organizationKeys.generation,
}

type Maker = { person: string | null; program: string | null; generation: number | null }

/** What a person is called, or the key by which a program did it; null for nobody that is known. */
export function makerName({ person, program, generation }: Maker): string | null {
  return person ?? program ?? (generation === null ? null : keyName(generation))
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

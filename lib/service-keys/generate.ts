import { db, type Transaction } from '@/db/client'
import { record } from '@/lib/audit/record'
import { type Actor, keyIdOf, userIdOf } from '@/lib/auth/actor'
import { newId } from '@/lib/id'
import { done, type Refusal, refuse } from '@/lib/outcome'
import type { GenerateInput } from './inputs'
import { mostLiveKeys } from './lifecycle'
import { type Guard, noGuard } from './may-grant'
import { createSecret } from './new-secret'
import { takeServiceUser } from './service-user'
import { countLiveKeys, insertKey } from './store'

/**
 * Makes a key for a service user and answers its text, which nobody can read again. Refuses with `invalid-input` at
 * an expiry that is not ahead, `not-found` for a service user of nobody, and `too-many-keys`.
 */
export async function generate(input: GenerateInput, actor: Actor, now = new Date()) {
  return db().transaction((tx) => generateIn(tx, input, actor, now))
}

/** The same within a transaction of the caller's. */
export async function generateIn<R extends Refusal = never>(
  tx: Transaction,
  { name, serviceUser, accessLevel, allowedRanges, expiresAt }: GenerateInput,
  actor: Actor,
  now: Date,
  guard: Guard<R> = noGuard,
) {
  if (expiresAt && expiresAt <= now)
    return refuse('invalid-input', { fields: { expiresAt: 'Choose a date and time that is still to come.' } })
  const refused = await guard({ accessLevel, allowedRanges, expiresAt }, tx)
  if (refused) return refused

  const user = await takeServiceUser(tx, actor.organizationId, serviceUser, now)
  if (!user) return refuse('not-found')
  if ((await countLiveKeys(tx, user.id, now)) >= mostLiveKeys)
    return refuse('too-many-keys', { name: user.name, mostLiveKeys })
  const keyId = newId('key')
  const row = {
    id: keyId,
    organizationId: actor.organizationId,
    serviceUserId: user.id,
    name,
    accessLevel,
    allowedRanges,
    expiresAt,
    createdAt: now,
    createdBy: userIdOf(actor),
    createdByKeyId: keyIdOf(actor),
    changedAt: now,
  }
  await insertKey(tx, row)
  const secret = await createSecret(tx, actor, keyId, now)
  await record(
    tx,
    actor,
    {
      action: 'service-key.generated',
      subjectKind: 'service-key',
      subjectId: keyId,
      details: {
        name,
        key: secret.masked,
        serviceUser: user.name,
        serviceUserId: user.id,
        accessLevel,
        allowedRanges: allowedRanges.join(', '),
        expiresAt: expiresAt?.toISOString() ?? null,
      },
    },
    now,
  )
  return done({ keyId, ...secret, name, serviceUser: { id: user.id, name: user.name } })
}

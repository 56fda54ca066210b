import { z } from '@hono/zod-openapi'
import { db, type Transaction } from '@/db/client'
import { type GrantRefusal, guardOf, problemOf, type ServiceKeyRefusal } from '@/lib/api/service-key-refusals'
import { type Task, type Written, writeEndpoint } from '@/lib/api/write-endpoint'
import type { Outcome } from '@/lib/outcome'
import { deleteKey } from '@/lib/service-keys/delete'
import { disableIn } from '@/lib/service-keys/disable'
import { editSomeIn } from '@/lib/service-keys/edit'
import { enableIn } from '@/lib/service-keys/enable'
import { findServiceKey } from '@/lib/service-keys/find'
import { dateTime } from './schemas'
import { keyIdExample, keyPart, serviceKeyData, serviceKeyDataOf, serviceKeyPath } from './service-key-data'
import { changesOfServiceKey, finalMembers } from './service-key-inputs'

const one = `${serviceKeyPath}/{id}`
const absent = 'The organization has no such service key'

export const edit = writeEndpoint(
  {
    method: 'PATCH',
    path: one,
    summary: 'Change the name, access level or IP ranges of a service key',
    description:
      'What is not named stays as it is. Nothing may be added to the key that the calling one has not itself; another name, or less than it has, is always possible. Its end and its secret cannot be changed here.',
    parts: keyPart,
    body: changesOfServiceKey,
    final: finalMembers,
    status: 200,
    done: 'The key as it is now',
    data: serviceKeyData,
    problems: { 404: absent, 409: 'The key has ended: `KEY_EXPIRED`' },
  },
  (task) =>
    changed(task, (tx, keyId, now, guard) =>
      editSomeIn<GrantRefusal>(tx, { ...task.body, keyId }, task.actor, now, guard),
    ),
)

export const enabling = writeEndpoint(
  {
    method: 'POST',
    path: `${one}:enable`,
    summary: 'Let a disabled service key be used again',
    description: 'The key can have no more than the calling one.',
    parts: keyPart,
    status: 200,
    done: 'The key as it is now; calls with it are accepted within a second',
    data: serviceKeyData,
    problems: { 404: absent, 409: 'It is, or the key has ended: `ALREADY_ENABLED`, `KEY_EXPIRED`' },
  },
  (task) =>
    changed(task, (tx, keyId, now, guard) => enableIn<GrantRefusal>(tx, { keyId }, task.actor, now, guard)),
)

export const disabling = writeEndpoint(
  {
    method: 'POST',
    path: `${one}:disable`,
    summary: 'Refuse a service key until it is enabled again',
    description: 'A key may disable itself: its next call is refused.',
    parts: keyPart,
    status: 200,
    done: 'The key as it is now; calls with it are refused within a second',
    data: serviceKeyData,
    problems: { 404: absent, 409: 'It is, or the key has ended: `ALREADY_DISABLED`, `KEY_EXPIRED`' },
  },
  (task) =>
    changed(task, (tx, keyId, now, guard) => disableIn<GrantRefusal>(tx, { keyId }, task.actor, now, guard)),
)

export const deleting = writeEndpoint(
  {
    method: 'DELETE',
    path: one,
    summary: 'Delete a service key, at once and for good',
    description:
      'Whoever uses it loses access within a second. In any state; a key may delete itself. That it was there stays in the audit log.',
    parts: keyPart,
    status: 200,
    done: 'Deleted',
    data: z
      .object({ id: z.string().openapi({ example: keyIdExample }), deletedAt: dateTime })
      .openapi('DeletedServiceKey'),
    problems: { 404: absent },
  },
  async ({ caller, actor, parts: { id = '' } }) => {
    const now = new Date(caller.now)
    const outcome = await deleteKey<GrantRefusal>({ keyId: id }, actor, now, guardOf(caller))
    if (outcome.ok) return { data: { id, deletedAt: outcome.value.changedAt } }
    // Only a person is asked for the name.
    if (outcome.reason === 'name-needed') throw new Error('a program was asked for a name')
    return { problem: problemOf(outcome, caller.key) }
  },
)

/** Changes one key and answers how it is then, in one transaction: whoever hears of a failure can rely on it. */
async function changed<B>(
  { caller, parts: { id = '' } }: Task<B>,
  verb: (
    tx: Transaction,
    keyId: string,
    now: Date,
    guard: ReturnType<typeof guardOf>,
  ) => Promise<Outcome<unknown, ServiceKeyRefusal>>,
): Promise<Written<z.output<typeof serviceKeyData>>> {
  const now = new Date(caller.now)
  return db().transaction(async (tx) => {
    const outcome = await verb(tx, id, now, guardOf(caller))
    if (!outcome.ok) return { problem: problemOf(outcome, caller.key) }
    const view = await findServiceKey(tx, caller.key.organization.id, id, now)
    if (!view) throw new Error('a key that was changed is not there')
    return { data: serviceKeyDataOf(view) }
  })
}

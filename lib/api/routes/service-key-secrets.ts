import { z } from '@hono/zod-openapi'
import type { Transaction } from '@/db/client'
import type { Problem } from '@/lib/api/problem'
import { deletedSince, noServiceKey, noServiceUser } from '@/lib/api/service-key-problems'
import { guardOf, problemOf, type ServiceKeyRefusal } from '@/lib/api/service-key-refusals'
import { type Task, type Written, writeEndpoint } from '@/lib/api/write-endpoint'
import type { Outcome } from '@/lib/outcome'
import { generateIn } from '@/lib/service-keys/generate'
import { rotateIn } from '@/lib/service-keys/rotate'
import { showOnce } from '@/lib/service-keys/show-once'
import { keyPart, serviceKeyData, serviceKeyDataOf, serviceKeyPath } from './service-key-data'
import { newServiceKey, rotation } from './service-key-inputs'

const shownKey = serviceKeyData
  .extend({
    key: z.string().nullable().openapi({
      description:
        'The key itself, shown once: only its SHA-256 is kept, and no route answers it again. `null` in the answer to a question that was answered before; whoever did not receive it rotates the key.',
      example: 'kt_svc_…',
    }),
  })
  .openapi('ShownServiceKey')

const shownOnceText =
  'The answer shows the key, once: keep it at once, and nowhere but in a secret store. Send an `Idempotency-Key`, so that you can ask again when the answer is lost without having it done twice.'
const replayed = 'with `Idempotency-Replayed: true` it was done before, and `key` is `null`'

export const create = writeEndpoint(
  {
    method: 'POST',
    path: serviceKeyPath,
    summary: 'Create a service key',
    description: `${shownOnceText} The new key can have no more than the calling one: its access level, its IP ranges and its end. Every process accepts it within a second.`,
    body: newServiceKey,
    takesIdempotencyKey: true,
    status: 201,
    done: `Created; ${replayed}`,
    data: shownKey,
    problems: {
      404: 'The organization has no such service user',
      409: 'The service user has its ten live keys: `TOO_MANY_KEYS`',
    },
  },
  (task) => shown(task, noServiceUser, (tx, now, guard) => generateIn(tx, task.body, task.actor, now, guard)),
)

export const rotate = writeEndpoint(
  {
    method: 'POST',
    path: `${serviceKeyPath}/{id}:rotate`,
    summary: 'Give a service key another secret',
    description: `It keeps its id, its permissions and its end. ${shownOnceText} A key that rotates itself takes an overlap: without one
it is refused when it asks again.`,
    parts: keyPart,
    body: rotation,
    takesIdempotencyKey: true,
    status: 200,
    done: `Rotated; ${replayed}`,
    data: shownKey,
    problems: {
      404: 'The organization has no such service key',
      409: 'Another was first, or the key has ended: `ALREADY_ROTATED`, `KEY_EXPIRED`',
    },
  },
  (task) =>
    shown(task, noServiceKey, (tx, now, guard) =>
      rotateIn(tx, { ...task.body, keyId: task.parts.id ?? '' }, task.actor, now, guard),
    ),
)

/** Makes a secret and answers its text, or the same without it where it was made before. */
async function shown<B>(
  { caller, actor, retry }: Task<B>,
  missing: Problem,
  verb: (
    tx: Transaction,
    now: Date,
    guard: ReturnType<typeof guardOf>,
  ) => Promise<Outcome<{ keyId: string; key: string }, ServiceKeyRefusal>>,
): Promise<Written<z.output<typeof shownKey>>> {
  const now = new Date(caller.now)
  const asked = retry && { ...retry, callerKeyId: caller.key.id }
  const outcome = await showOnce(actor, asked, now, (tx) => verb(tx, now, guardOf(caller)))
  if (!outcome.ok) return { problem: problemOf(outcome, caller.key, missing) }
  const { key, view } = outcome.value
  if (view === null) return { problem: deletedSince }
  return {
    data: { ...serviceKeyDataOf(view), key },
    headers: key === null ? [['Idempotency-Replayed', 'true']] : [],
  }
}

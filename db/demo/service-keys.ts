import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { serviceKeySecrets, serviceKeys, serviceKeyUses } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { generate } from '@/lib/service-keys/generate'
import type { GenerateInput } from '@/lib/service-keys/inputs'
import { rotate } from '@/lib/service-keys/rotate'

type Call = { at: Date; from: string; with: string }

export type DemoKey = Omit<GenerateInput, 'serviceUser'> & {
  serviceUser: string
  by: UserActor
  at: Date
  /** The last accepted call. */
  used?: Call
  /** The last refused call and its code. */
  refused?: Call & { code: string }
  /** When the secret was replaced; the one before is accepted for a week more. */
  rotatedAt?: Date
  disabledAt?: Date
  deletedAt?: Date
}

/** Makes the key as a person would have, step by step, unless there is one of its name; answers its id. */
export async function serviceKey(wanted: DemoKey): Promise<string> {
  const { by, at, used, refused, rotatedAt, disabledAt, deletedAt, serviceUser, ...facts } = wanted
  const found = await keyOfName(by.organizationId, facts.name)
  const keyId = found?.id ?? (await made({ ...facts, serviceUser: { name: serviceUser } }, by, at))
  if (found?.deletedAt) return keyId
  if (rotatedAt) await rotateOnce(keyId, by, rotatedAt)
  if (disabledAt && !found?.disabledAt) expectDone(await disable({ keyId }, by, disabledAt))
  await recordCalls(keyId, used, refused)
  if (deletedAt) expectDone(await deleteKey({ keyId, typedName: facts.name }, by, deletedAt))
  return keyId
}

async function keyOfName(organizationId: string, name: string) {
  const [key] = await db()
    .select()
    .from(serviceKeys)
    .where(and(eq(serviceKeys.organizationId, organizationId), eq(serviceKeys.name, name)))
  return key
}

export async function hasServiceKey(organizationId: string, name: string): Promise<boolean> {
  return (await keyOfName(organizationId, name)) !== undefined
}

async function made(input: GenerateInput, by: UserActor, at: Date): Promise<string> {
  return expectDone(await generate(input, by, at)).keyId
}

async function rotateOnce(keyId: string, by: UserActor, at: Date): Promise<void> {
  const secrets = await db().select().from(serviceKeySecrets).where(eq(serviceKeySecrets.keyId, keyId))
  const [first, ...more] = secrets
  if (!first || more.length > 0) return
  expectDone(await rotate({ keyId, secretId: first.id, overlapHours: 7 * 24 }, by, at))
}

/** What the API writes after calls; nothing where it has written since. */
async function recordCalls(keyId: string, used: DemoKey['used'], refused: DemoKey['refused']): Promise<void> {
  if (used)
    await db()
      .update(serviceKeyUses)
      .set({ lastUsedAt: used.at, lastUsedFrom: used.from, lastUserAgent: used.with })
      .where(and(eq(serviceKeyUses.keyId, keyId), isNull(serviceKeyUses.lastUsedAt)))
  if (refused)
    await db()
      .update(serviceKeyUses)
      .set({
        refusedAt: refused.at,
        refusedFrom: refused.from,
        refusedUserAgent: refused.with,
        refusedCode: refused.code,
      })
      .where(and(eq(serviceKeyUses.keyId, keyId), isNull(serviceKeyUses.refusedAt)))
}

function expectDone<T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!outcome.ok) throw new Error(`the demo's service key was refused: ${outcome.reason}`)
  return outcome.value
}

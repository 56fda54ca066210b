import { and, asc, eq, sql } from 'drizzle-orm'
import { db, rawSql } from '@/db/client'
import { auditEvents, serviceKeySecrets } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import type { Outcome } from '@/lib/outcome'
import { deleteKey } from '@/lib/service-keys/delete'
import { disable } from '@/lib/service-keys/disable'
import { generate } from '@/lib/service-keys/generate'
import type { GenerateInput } from '@/lib/service-keys/inputs'
import { rotate } from '@/lib/service-keys/rotate'
import type { Code } from '@/lib/verify/code'
import type { Use } from '@/lib/verify/entries'
import { acceptedPlace, refusedPlace, writerOf } from '@/lib/verify/use-rows'

type Call = { at: Date; from: string; with: string }

export type DemoKey = Omit<GenerateInput, 'serviceUser'> & {
  serviceUser: string
  by: UserActor
  at: Date
  /** The last accepted call. */
  used?: Call
  /** The last refused call and its code. */
  refused?: Call & { code: Code }
  /** When the secret was replaced; the one before is accepted for a week more. */
  rotatedAt?: Date
  disabledAt?: Date
  deletedAt?: Date
}

/**
 * Makes the key as a person would have, step by step, and answers its id. What the audit trail knows of is not done
 * again, whatever the key is called by now; and what a person did to it meanwhile stands.
 */
export async function serviceKey(wanted: DemoKey): Promise<string> {
  const { by, at, used, refused, rotatedAt, disabledAt, deletedAt, serviceUser, ...facts } = wanted
  const known = await generatedKey(by.organizationId, facts.name)
  const keyId = known ?? (await made({ ...facts, serviceUser: { name: serviceUser } }, by, at))
  const once = async (action: string, take: () => Promise<Outcome<unknown>>) => {
    if (await wasRecorded(by.organizationId, keyId, action)) return
    const outcome = await take()
    if (known === null) expectDone(outcome)
  }
  if (rotatedAt) await once('service-key.rotated', () => rotateFirst(keyId, by, rotatedAt))
  if (disabledAt) await once('service-key.disabled', () => disable({ keyId }, by, disabledAt))
  await recordLastCalls({ keyId, organizationId: by.organizationId }, used, refused)
  if (deletedAt)
    await once('service-key.deleted', () => deleteKey({ keyId, typedName: facts.name }, by, deletedAt))
  return keyId
}

/** Whether a key was ever made under this name. */
export async function wasGenerated(organizationId: string, name: string): Promise<boolean> {
  return (await generatedKey(organizationId, name)) !== null
}

/** The first key that was made under this name, by the audit trail, which nobody can change. */
async function generatedKey(organizationId: string, name: string): Promise<string | null> {
  const isNamed = sql`${auditEvents.details} ->> 'name' = ${name}`
  const [event] = await db()
    .select({ keyId: auditEvents.subjectId })
    .from(auditEvents)
    .where(and(isAction(organizationId, 'service-key.generated'), isNamed))
    .orderBy(asc(auditEvents.sequence))
    .limit(1)
  return event?.keyId ?? null
}

async function wasRecorded(organizationId: string, keyId: string, action: string): Promise<boolean> {
  const events = await db()
    .select({ sequence: auditEvents.sequence })
    .from(auditEvents)
    .where(and(isAction(organizationId, action), eq(auditEvents.subjectId, keyId)))
    .limit(1)
  return events.length > 0
}

function isAction(organizationId: string, action: string) {
  return and(eq(auditEvents.chain, organizationId), eq(auditEvents.action, action))
}

async function made(input: GenerateInput, by: UserActor, at: Date): Promise<string> {
  return expectDone(await generate(input, by, at)).keyId
}

async function rotateFirst(keyId: string, by: UserActor, at: Date) {
  const [first] = await db().select().from(serviceKeySecrets).where(eq(serviceKeySecrets.keyId, keyId))
  return rotate({ keyId, secretId: first?.id ?? '', overlapHours: 7 * 24 }, by, at)
}

/** As the API does after calls: what it has written since is newer, and stays. */
async function recordLastCalls(
  key: Pick<Use, 'keyId' | 'organizationId'>,
  used: DemoKey['used'],
  refused: DemoKey['refused'],
): Promise<void> {
  const uses = [
    used && noteOf(key, acceptedPlace, { ...used, code: 'VALID' }),
    refused && noteOf(key, refusedPlace, refused),
  ]
  for (const use of uses) if (use) await writerOf(use)(rawSql(), [use])
}

function noteOf(key: Pick<Use, 'keyId' | 'organizationId'>, place: string, call: Call & { code: Code }): Use {
  const { at, from: address, with: userAgent, code } = call
  return { ...key, place, batch: 0, address, userAgent, at: at.getTime(), code }
}

function expectDone<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo's service key was refused: ${outcome.reason}`)
  return outcome.value
}

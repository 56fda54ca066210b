import { z } from 'zod'
import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { env } from '@/lib/env'
import { maskedKey } from '@/lib/keys/masked'
import { testCallHeader, testMark } from '@/lib/keys/test-mark'
import { done, refuse } from '@/lib/outcome'
import { type OrganizationKeyState, stateOf } from './lifecycle'
import { findKey } from './store'
import { todaysSecret } from './todays-secret'

const problem = z.object({ title: z.string(), code: z.string().optional(), requestId: z.string().optional() })

/**
 * One real call to the API with the key's Secret, by the way that a customer's call takes; marked so that it
 * does not count as use. Refuses with `api-unreachable` or `api-refused` and the API's own reason.
 */
export async function testCall(input: { keyId: string }, actor: Actor, now = new Date()) {
  const prepared = await db().transaction(async (tx) => {
    const key = await findKey(tx, actor.organizationId, input.keyId)
    if (!key || key.deletedAt) return refuse('not-found')
    const { secret } = await todaysSecret(tx, key, now)
    await record(
      tx,
      actor,
      {
        action: 'organization-key.tested',
        subjectKind: 'organization-key',
        subjectId: key.id,
        details: { key: maskedKey(key), state: stateOf(key, now) },
      },
      now,
    )
    return done({ secret, state: stateOf(key, now) })
  })
  return prepared.ok ? call(prepared.value, now) : prepared
}

async function call({ secret, state }: { secret: string; state: OrganizationKeyState }, now: Date) {
  const { API_INTERNAL_URL, API_URL, MASTER_KEY } = env()
  let response: Response
  try {
    response = await fetch(`${API_INTERNAL_URL ?? API_URL}/v1/whoami`, {
      headers: { authorization: `Bearer ${secret}`, [testCallHeader]: testMark(secret, now, MASTER_KEY) },
      signal: AbortSignal.timeout(5_000),
      redirect: 'error',
      cache: 'no-store',
    })
  } catch {
    return refuse('api-unreachable')
  }
  if (response.ok) return done()
  const body = problem.safeParse(await response.json().catch(() => null))
  return refuse('api-refused', {
    state,
    status: response.status,
    title: body.data?.title ?? null,
    requestId: body.data?.requestId ?? null,
  })
}

import { db } from '@/db/client'
import type { UserActor } from '@/lib/auth/actor'
import { sendStepUpCode } from '@/lib/auth/step-up'
import { maskedKey } from '@/lib/keys/masked'
import { done, refuse } from '@/lib/outcome'
import { findKey } from './store'

/** Mails the code that opens this key to the admin who asks for it. */
export async function sendRevealCode(input: { keyId: string }, actor: UserActor, at?: Date) {
  const key = await findKey(db(), actor.organizationId, input.keyId)
  if (!key || key.deletedAt) return refuse('not-found')
  const sent = await sendStepUpCode({ id: key.id, name: `the key ${maskedKey(key)}` }, actor, at)
  return sent.ok ? done({ ...sent.value, to: actor.email }) : sent
}

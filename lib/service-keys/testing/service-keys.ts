import type { Actor } from '@/lib/auth/actor'
import { generate } from '@/lib/service-keys/generate'
import type { GenerateInput } from '@/lib/service-keys/inputs'

const usual: GenerateInput = {
  name: 'Billing sync',
  serviceUser: { name: 'Billing' },
  accessLevel: 'full',
  allowedRanges: [],
  expiresAt: null,
}

/** What `generate` takes, for a key that never expires unless told otherwise. */
export const keyInput = (given: Partial<GenerateInput> = {}): GenerateInput => ({ ...usual, ...given })

/** Makes a key, and answers all that `generate` does. */
export async function generated(actor: Actor, given: Partial<GenerateInput>, at: Date) {
  const outcome = await generate(keyInput(given), actor, at)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

import type { Actor } from '@/lib/auth/actor'
import { type Refusal, refuse } from '@/lib/outcome'
import { changeKey } from './change-key'
import { type Guard, noGuard } from './guard'
import type { EditInput } from './inputs'
import type { ServiceKeyRow } from './store'

/**
 * Changes name, access level and ranges, never the expiry or the secret. Refuses with `not-found`, `expired`, and
 * `changed-meanwhile` where the key is no longer the one that the asker saw.
 */
export async function edit<R extends Refusal = never>(
  { keyId, name, accessLevel, allowedRanges, changedAt }: EditInput,
  actor: Actor,
  now = new Date(),
  guard: Guard<R> = noGuard,
) {
  const wanted = { name, accessLevel, allowedRanges }
  return changeKey('edit', keyId, actor, now, ({ key }) => {
    if (key.changedAt.getTime() !== changedAt.getTime())
      return refuse('changed-meanwhile', { changedAt: key.changedAt })
    const refused = guard({ ...wanted, expiresAt: key.expiresAt })
    return refused ?? { action: 'service-key.edited', facts: wanted, details: differences(key, wanted) }
  })
}

/** What became another, each with what it was. */
function differences(
  key: ServiceKeyRow,
  wanted: Pick<ServiceKeyRow, 'name' | 'accessLevel' | 'allowedRanges'>,
) {
  const before = textsOf(key)
  const after = textsOf(wanted)
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
    (field) => before[field] !== after[field],
  )
  return {
    ...Object.fromEntries(changed.map((field) => [field, after[field]])),
    ...Object.fromEntries(changed.map((field) => [`${field}Before`, before[field]])),
  }
}

function textsOf({
  name,
  accessLevel,
  allowedRanges,
}: Pick<ServiceKeyRow, 'name' | 'accessLevel' | 'allowedRanges'>) {
  return { name, accessLevel, allowedRanges: allowedRanges.join(', ') }
}

import type { Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { type Refusal, refuse } from '@/lib/outcome'
import { type Change, changeKey } from './change-key'
import { type Guard, noGuard } from './guard'
import type { EditInput } from './inputs'
import { excessOf } from './may-grant'
import type { ServiceKeyRow } from './store'

type Editable = Pick<ServiceKeyRow, 'name' | 'accessLevel' | 'allowedRanges'>

/**
 * Changes name, access level and ranges, never the expiry or the secret. Refuses with `not-found`, `expired`, and
 * `changed-meanwhile` and what the key is now where it is no longer the one that the asker saw.
 */
export async function edit<R extends Refusal = never>(
  { keyId, name, accessLevel, allowedRanges, changedAt }: EditInput,
  actor: Actor,
  now = new Date(),
  guard: Guard<R> = noGuard,
) {
  const wanted = { name, accessLevel, allowedRanges }
  return changeKey('edit', keyId, actor, now, async ({ key }, _, tx) => {
    if (key.changedAt.getTime() !== changedAt.getTime())
      return refuse('changed-meanwhile', { current: seenAs(key) })
    return editing(tx, key, wanted, guard)
  })
}

/** The same for a program, which has seen nothing and says what it wants changed: the rest stays as it is by then. */
export async function editSome<R extends Refusal = never>(
  { keyId, ...some }: { keyId: string } & Partial<Editable>,
  actor: Actor,
  now = new Date(),
  guard: Guard<R> = noGuard,
) {
  return changeKey<R>('edit', keyId, actor, now, ({ key }, _, tx) => {
    const { name, accessLevel, allowedRanges } = { ...key, ...some }
    return editing(tx, key, { name, accessLevel, allowedRanges }, guard)
  })
}

/** As a browser sees it, where a filter may hide the key from its table. */
function seenAs({ name, accessLevel, allowedRanges, changedAt }: ServiceKeyRow) {
  return { name, accessLevel, allowedRanges, changedAt: changedAt.toISOString() }
}

async function editing<R extends Refusal>(
  tx: Transaction,
  key: ServiceKeyRow,
  wanted: Editable,
  guard: Guard<R>,
): Promise<Change | R> {
  const grant = { ...wanted, expiresAt: key.expiresAt }
  // Another name, or less of what the key has, is nothing that anybody would have to have.
  const refused = excessOf(key, grant).length > 0 ? await guard(grant, tx) : null
  return refused ?? { action: 'service-key.edited', facts: wanted, details: differences(key, wanted) }
}

/** What became another, each with what it was. */
function differences(key: ServiceKeyRow, wanted: Editable) {
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

function textsOf({ name, accessLevel, allowedRanges }: Editable) {
  return { name, accessLevel, allowedRanges: allowedRanges.join(', ') }
}

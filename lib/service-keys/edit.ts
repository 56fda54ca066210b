import { db, type Transaction } from '@/db/client'
import type { Actor } from '@/lib/auth/actor'
import { type Refusal, refuse } from '@/lib/outcome'
import { type Change, changeKey } from './change-key'
import type { EditInput } from './inputs'
import { excessOf, type Guard, noGuard } from './may-grant'
import type { ServiceKeyRow } from './store'

type Editable = Pick<ServiceKeyRow, 'name' | 'accessLevel' | 'allowedRanges'>

/**
 * Changes name, access level and ranges, never the expiry or the secret. Refuses with `not-found`, `expired`, and
 * `changed-meanwhile` and what the key is now where it is no longer the one that the asker saw.
 */
export async function edit(
  { keyId, name, accessLevel, allowedRanges, changedAt }: EditInput,
  actor: Actor,
  now = new Date(),
) {
  return db().transaction((tx) =>
    changeKey(tx, 'edit', keyId, actor, now, ({ key }) =>
      key.changedAt.getTime() === changedAt.getTime()
        ? editing(key, { name, accessLevel, allowedRanges })
        : refuse('changed-meanwhile', { current: seenAs(key) }),
    ),
  )
}

/**
 * The same for a program, which has seen nothing and says what it wants changed: the rest stays as it is by then. In a
 * transaction of the caller's.
 */
export async function editSomeIn<R extends Refusal = never>(
  tx: Transaction,
  { keyId, ...some }: { keyId: string } & Partial<Editable>,
  actor: Actor,
  now: Date,
  guard: Guard<R> = noGuard,
) {
  return changeKey<R>(tx, 'edit', keyId, actor, now, async ({ key }) => {
    const { name, accessLevel, allowedRanges } = { ...key, ...some }
    const grant = { accessLevel, allowedRanges, expiresAt: key.expiresAt }
    // Another name, or less of what the key has, is nothing that anybody would have to have.
    const refused = await guard(excessOf(key, grant).length > 0 ? grant : null, tx)
    return refused ?? editing(key, { name, accessLevel, allowedRanges })
  })
}

/** As a browser sees it, where a filter may hide the key from its table. */
function seenAs({ name, accessLevel, allowedRanges, changedAt }: ServiceKeyRow) {
  return { name, accessLevel, allowedRanges, changedAt: changedAt.toISOString() }
}

/** Null where the key is that already. */
function editing(key: ServiceKeyRow, wanted: Editable): Change | null {
  const details = differences(key, wanted)
  if (Object.keys(details).length === 0) return null
  return { action: 'service-key.edited', facts: wanted, details }
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

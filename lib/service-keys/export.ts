import { db } from '@/db/client'
import { csv } from '@/lib/csv'
import { accessLevelNames } from '@/lib/keys/access-level'
import type { Place } from './cursor'
import type { ServiceKeyFilter } from './filter'
import { findServiceKeys } from './find'
import { placesQuery } from './places'
import type { Sort } from './sort'
import { stateNames } from './state-names'
import type { ServiceKeyView } from './view'

const keysAtOnce = 1_000

const columns: readonly [name: string, cell: (key: ServiceKeyView) => string | null | undefined][] = [
  ['Name', ({ name }) => name],
  ['Service user', ({ serviceUser }) => serviceUser.name],
  ['Service user ID', ({ serviceUser }) => serviceUser.id],
  ['Key', ({ masked }) => masked],
  ['Key ID', ({ id }) => id],
  ['Access level', ({ accessLevel }) => accessLevelNames[accessLevel]],
  ['Allowed IPs', ({ allowedRanges }) => (allowedRanges.length > 0 ? allowedRanges.join(' ') : 'Any')],
  ['State', ({ state }) => stateNames[state]],
  ['Expires', ({ expiresAt }) => expiresAt ?? 'Never'],
  ['Last used', ({ lastUse }) => lastUse?.at ?? 'Never'],
  ['Last used from', ({ lastUse }) => lastUse?.from],
  ['Last used with', ({ lastUse }) => lastUse?.userAgent],
  ['Last refused', ({ lastRefusal }) => lastRefusal?.at ?? 'Never'],
  ['Reason', ({ lastRefusal }) => lastRefusal?.code],
  ['Last refused from', ({ lastRefusal }) => lastRefusal?.from],
  ['Last refused with', ({ lastRefusal }) => lastRefusal?.userAgent],
  ['Created', ({ createdAt }) => createdAt],
  ['Created by', ({ createdBy }) => createdBy],
  ['Old secret accepted until', ({ overlapEndsAt }) => overlapEndsAt],
]

/**
 * All keys that match, in their order, as CSV in pieces. It reads page after page, so that a slow reader holds no
 * connection.
 */
export async function* exportServiceKeys(
  organizationId: string,
  filter: ServiceKeyFilter,
  sort: Sort,
  now = new Date(),
): AsyncGenerator<string, void, undefined> {
  let piece = csv([columns.map(([name]) => name)])
  let after: Place | null = null
  for (;;) {
    const query = placesQuery(organizationId, filter, { sort, after, limit: keysAtOnce }, now)
    const places: readonly Place[] = await db().execute<Place>(query)
    const ids = places.map(({ id }) => id)
    const keys = await findServiceKeys(db(), organizationId, ids, now)
    yield piece + csv(keys.map((key) => columns.map(([, cell]) => cell(key) ?? '')))
    after = places.at(-1) ?? null
    if (after === null || places.length < keysAtOnce) return
    piece = ''
  }
}

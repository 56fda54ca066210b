import { db } from '@/db/client'
import { cursorText, type Place } from './cursor'
import type { ServiceKeyFilter } from './filter'
import { findServiceKeys } from './find'
import { type PlacesQuestion, placesQuery } from './places'
import type { ServiceKeyPage } from './view'

export const longestPage = 200
export const usualPage = 50

/**
 * One page of the organization's keys. Pages follow one another by the last key's place, so that keys which come and
 * go in the meantime neither double nor hide another.
 */
export async function pageOfServiceKeys(
  organizationId: string,
  filter: ServiceKeyFilter,
  { sort, after, limit }: PlacesQuestion,
  now = new Date(),
): Promise<ServiceKeyPage> {
  const query = placesQuery(organizationId, filter, { sort, after, limit: limit + 1 }, now)
  const places = await db().execute<Place>(query)
  const shown = places.slice(0, limit)
  const last = places.length > limit ? shown.at(-1) : undefined
  const ids = shown.map(({ id }) => id)
  return {
    keys: await findServiceKeys(db(), organizationId, ids, now),
    nextCursor: last ? cursorText(sort, last) : null,
    now: now.toISOString(),
  }
}

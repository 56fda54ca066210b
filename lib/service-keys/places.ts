import { type SQL, sql } from 'drizzle-orm'
import type { Place } from './cursor'
import type { ServiceKeyFilter } from './filter'
import { matching } from './matching'
import type { Sort, SortColumn } from './sort'

export type PlacesQuestion = { sort: Sort; after: Place | null; limit: number }

/** What each order goes by: exactly the expressions of an index, which has the key's id behind them. */
const orders: Record<SortColumn, { value: SQL; id: SQL; type: SQL }> = {
  name: { value: sql`lower(keys.name)`, id: sql`keys.id`, type: sql`text` },
  expires: { value: sql`coalesce(keys.expires_at, 'infinity')`, id: sql`keys.id`, type: sql`timestamptz` },
  lastUsed: {
    value: sql`coalesce(uses.last_used_at, '-infinity')`,
    id: sql`uses.key_id`,
    type: sql`timestamptz`,
  },
  created: { value: sql`keys.created_at`, id: sql`keys.id`, type: sql`timestamptz` },
}

/**
 * The statement behind a page: the places of its keys. Which rows a page shows is decided here, by an index as far
 * as one goes; what is shown of them is read for these alone. The limit is written out, so that Postgres knows how
 * few rows it is about.
 */
export function placesQuery(
  organizationId: string,
  filter: ServiceKeyFilter,
  { sort, after, limit }: PlacesQuestion,
  now: Date,
): SQL {
  const { value, id, type } = orders[sort.column]
  const direction = sort.isDescending ? sql`desc` : sql`asc`
  const beyond = sort.isDescending ? sql`<` : sql`>`
  const isUseAsked = sort.column === 'lastUsed' || filter.unusedDays !== undefined
  return sql`
    select ${id} as id, ${value}::text as value
    from service_keys as keys
    ${
      isUseAsked
        ? sql`join service_key_uses as uses on uses.key_id = keys.id and uses.organization_id = ${organizationId}`
        : sql``
    }
    where ${matching(organizationId, filter, now)}
    ${after === null ? sql`` : sql`and (${value}, ${id}) ${beyond} (${after.value}::${type}, ${after.id})`}
    order by ${value} ${direction}, ${id} ${direction}
    limit ${sql.raw(String(limit))}`
}

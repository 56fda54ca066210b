import type postgres from 'postgres'
import type { KeyEntry, OrganizationEntry } from './entries'
import { organizationKeyRows, organizationRows, serviceKeyRows, signingKeyRows } from './list-rows'
import { OperationalList } from './operational-list'
import { KeyEntries, organizationEntry, signingKeyEntry } from './row-entries'

type Sql = postgres.Sql
type Where = postgres.PendingQuery<postgres.Row[]>

type Kind = 'organization' | 'organization-key' | 'service-key' | 'signing-key'
type ChangeRow = { version: string; kind: Kind; id: string }

export type Change = { kind: Kind; id: string }

/** Of the whole list, while hardly a call waits for it. */
const rowsAtOnce = 2_000
/** About a millisecond's work each, during which calls wait: what comes often, and what there may be very much of. */
const changesAtOnce = 50
const keysOfOrganizationAtOnce = 200

export async function readVersion(sql: Sql): Promise<number> {
  const [row] = await sql<{ version: string }[]>`select version from operational_version where id = 1`
  if (!row) throw new Error('operational_version is empty')
  return Number(row.version)
}

/** The whole list, streamed; `sql` must be in a repeatable-read transaction, so that its parts fit together. */
export async function readWholeList(sql: Sql): Promise<OperationalList> {
  const list = new OperationalList()
  list.version = await readVersion(sql)
  for (const row of await signingKeyRows(sql)) list.putSigningKey(signingKeyEntry(row))
  const organizations = await organizationEntries(sql)
  const all = { organizationKeys: sql``, serviceKeys: sql`` }
  for await (const keys of keyEntries(sql, organizations, all, rowsAtOnce))
    for (const key of keys) list.putKey(key)
  return list
}

/**
 * What changed after `version` up to `until`, each thing once; null when some of it has been pruned or the
 * database is older than the list, so that only reading everything helps.
 */
export async function readChanges(sql: Sql, version: number, until: number): Promise<Change[] | null> {
  if (until < version) return null
  const changes = new Map<string, Change>()
  let first: number | null = null
  for await (const rows of sql<ChangeRow[]>`
    select version, kind, id from operational_changes
    where version > ${version} and version <= ${until} order by version`.cursor(changesAtOnce))
    for (const { version, kind, id } of rows) {
      first ??= Number(version)
      changes.set(`${kind} ${id}`, { kind, id })
    }
  return first === version + 1 ? [...changes.values()] : null
}

/**
 * Reads the changed rows again and puts them into `list`, so few at once that calls are answered in between: a key with
 * all of its secrets at one moment, and as it is at the end of all changes.
 */
export async function applyChanges(
  sql: Sql,
  list: OperationalList,
  changes: readonly Change[],
): Promise<void> {
  const isOrganization = ({ kind }: Change) => kind === 'organization'
  // Organizations come after the keys, because a secret that was replaced is forgotten by its key's removal only.
  const ordered = [
    ...changes.filter((change) => !isOrganization(change)),
    ...changes.filter((change) => isOrganization(change)),
  ]
  for (let from = 0; from < ordered.length; from += changesAtOnce)
    await applySome(sql, list, ordered.slice(from, from + changesAtOnce))
}

async function applySome(sql: Sql, list: OperationalList, changes: readonly Change[]): Promise<void> {
  const ids = (kind: Kind) => changes.filter((change) => change.kind === kind).map(({ id }) => id)
  const changed = (kind: Kind) => anyOf(sql, ids(kind))
  const organizations = await organizationEntries(
    sql,
    sql`where id = any(array(
      select jsonb_array_elements_text(${JSON.stringify(ids('organization'))}::text::jsonb)
      union select organization_id from organization_keys where id = ${changed('organization-key')}
      union select organization_id from service_keys where id = ${changed('service-key')}))`,
  )
  const keys: KeyEntry[] = []
  for await (const batch of keyEntries(sql, organizations, {
    organizationKeys: ids('organization-key').length > 0 && sql`where id = ${changed('organization-key')}`,
    serviceKeys: ids('service-key').length > 0 && sql`where k.id = ${changed('service-key')}`,
  }))
    keys.push(...batch)
  const signingKeys =
    ids('signing-key').length > 0 ? await signingKeyRows(sql, sql`where kid = ${changed('signing-key')}`) : []

  // An organization key keeps its text, and so its place: a map that is only ever filled anew has to be made anew.
  const found = new Set(keys.map(({ id }) => id))
  for (const id of ids('organization-key')) if (!found.has(id)) list.removeKey(id)
  for (const id of ids('service-key')) list.removeKey(id)
  for (const key of keys) list.putKey(key)
  for (const kid of ids('signing-key')) list.removeSigningKey(kid)
  for (const row of signingKeys) list.putSigningKey(signingKeyEntry(row))

  // A changed organization changes what is said of each of its keys. There may be very many, so they follow by and by.
  if (ids('organization').length === 0) return
  const all = {
    organizationKeys: sql`where organization_id = ${changed('organization')}`,
    serviceKeys: sql`where k.organization_id = ${changed('organization')} and k.deleted_at is null`,
  }
  for await (const batch of keyEntries(sql, organizations, all, keysOfOrganizationAtOnce))
    for (const key of batch) list.putKey(key)
}

async function organizationEntries(sql: Sql, where?: Where): Promise<Map<string, OrganizationEntry>> {
  const entries = new Map<string, OrganizationEntry>()
  for await (const rows of organizationRows(sql, where).cursor(rowsAtOnce))
    for (const row of rows) entries.set(row.id, organizationEntry(row))
  return entries
}

async function* keyEntries(
  sql: Sql,
  organizations: ReadonlyMap<string, OrganizationEntry>,
  where: { organizationKeys: Where | false; serviceKeys: Where | false },
  rowsAtOnce = changesAtOnce,
): AsyncGenerator<KeyEntry[]> {
  const entries = new KeyEntries(organizations)
  if (where.organizationKeys)
    for await (const rows of organizationKeyRows(sql, where.organizationKeys).cursor(rowsAtOnce))
      yield rows.map((row) => entries.ofOrganizationKey(row))
  if (where.serviceKeys)
    for await (const rows of serviceKeyRows(sql, where.serviceKeys).cursor(rowsAtOnce))
      yield rows.map((row) => entries.ofServiceKey(row))
}

// Arrays cannot be parameters of these connections (db/connect.ts); JSON can.
function anyOf(sql: Sql, ids: readonly string[]) {
  return sql`any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)))`
}

import { createPublicKey } from 'node:crypto'
import type postgres from 'postgres'
import { keyName } from '@/lib/organization-keys/lifecycle'
import type { KeyEntry, OrganizationEntry, SigningKeyEntry } from './entries'
import { OperationalList } from './operational-list'

type Sql = postgres.Sql

type KeyRow = Omit<KeyEntry, 'name' | 'accessLevel' | 'organization' | 'lastUse'> & {
  organizationId: string
  generation: number
}
type SigningKeyRow = { kid: string; publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string } }
type OrganizationRow = Omit<OrganizationEntry, 'mediaLimitBytes' | 'temporaryMediaLimitBytes'> & {
  mediaLimitBytes: string
  temporaryMediaLimitBytes: string | null
}
type ChangeRow = { version: string; kind: 'organization' | 'organization-key' | 'signing-key'; id: string }

export type Change = { kind: ChangeRow['kind']; id: string }

const rowsAtOnce = 5_000

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
  const organizations = new Map<string, OrganizationEntry>()
  for await (const rows of organizationRows(sql).cursor(rowsAtOnce))
    for (const row of rows) organizations.set(row.id, organizationEntry(row))
  for await (const rows of keyRows(sql).cursor(rowsAtOnce))
    for (const row of rows) list.putKey(keyEntry(row, organizations))
  return list
}

/**
 * What changed after `version` up to `until`, each thing once; null when some of it has been pruned or the
 * database is older than the list, so that only reading everything helps.
 */
export async function readChanges(sql: Sql, version: number, until: number): Promise<Change[] | null> {
  if (until < version) return null
  const rows = await sql<ChangeRow[]>`
    select version, kind, id from operational_changes
    where version > ${version} and version <= ${until} order by version`
  if (Number(rows[0]?.version) !== version + 1) return null
  return [...new Map(rows.map(({ kind, id }) => [`${kind} ${id}`, { kind, id }])).values()]
}

/** Reads the changed rows again and, once all are here, puts them into `list`. */
export async function applyChanges(
  sql: Sql,
  list: OperationalList,
  changes: readonly Change[],
): Promise<void> {
  const ids = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).map(({ id }) => id)
  // A changed organization changes what is said of each of its keys.
  const keys = await keyRows(
    sql,
    sql`where id = ${anyOf(sql, ids('organization-key'))}
      or organization_id = ${anyOf(sql, ids('organization'))}`,
  )
  const organizationIds = [...new Set(keys.map((key) => key.organizationId))]
  const organizations = new Map(
    (await organizationRows(sql, sql`where id = ${anyOf(sql, organizationIds)}`)).map((row) => [
      row.id,
      organizationEntry(row),
    ]),
  )
  const signingKeys = await signingKeyRows(sql, sql`where kid = ${anyOf(sql, ids('signing-key'))}`)

  for (const id of ids('organization-key')) list.removeKey(id)
  for (const row of keys) list.putKey(keyEntry(row, organizations))
  for (const kid of ids('signing-key')) list.removeSigningKey(kid)
  for (const row of signingKeys) list.putSigningKey(signingKeyEntry(row))
}

// Arrays cannot be parameters of these connections (db/connect.ts); JSON can.
function anyOf(sql: Sql, ids: readonly string[]) {
  return sql`any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)))`
}

function millisecondsOf(sql: Sql) {
  return (column: string) => sql`floor(extract(epoch from ${sql(column)}) * 1000)::float8`
}

function keyRows(sql: Sql, where: postgres.PendingQuery<postgres.Row[]> = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<KeyRow[]>`
    select id, organization_id as "organizationId", generation, encode(lookup_digest, 'base64') as digest,
      ${milliseconds('expires_at')} as "expiresAt",
      ${milliseconds('revoked_at')} as "revokedAt",
      ${milliseconds('accepted_until')} as "acceptedUntil",
      ${milliseconds('deleted_at')} as "deletedAt",
      ${milliseconds('expiration_removed_at')} as "expirationRemovedAt",
      ${milliseconds('expiration_restored_at')} as "expirationRestoredAt"
    from organization_keys ${where}`
}

function organizationRows(sql: Sql, where: postgres.PendingQuery<postgres.Row[]> = sql``) {
  const milliseconds = millisecondsOf(sql)
  return sql<OrganizationRow[]>`
    select id, name, time_zone as "timeZone", iso_utc_format as "isoUtcFormat",
      request_id_header as "requestIdHeader", media_limit_bytes as "mediaLimitBytes",
      temporary_media_limit_bytes as "temporaryMediaLimitBytes",
      ${milliseconds('temporary_media_limit_ends_at')} as "temporaryMediaLimitEndsAt"
    from organizations ${where}`
}

function signingKeyRows(sql: Sql, where: postgres.PendingQuery<postgres.Row[]> = sql``) {
  return sql<SigningKeyRow[]>`
    select kid, public_jwk as "publicJwk" from signing_keys
    ${where}`
}

function keyEntry(
  { generation, organizationId, ...facts }: KeyRow,
  organizations: ReadonlyMap<string, OrganizationEntry>,
): KeyEntry {
  const organization = organizations.get(organizationId)
  if (!organization) throw new Error(`organization ${organizationId} of key ${facts.id} is missing`)
  return {
    ...facts,
    organization,
    name: keyName(generation),
    accessLevel: 'full',
    lastUse: null,
  }
}

function organizationEntry(row: OrganizationRow): OrganizationEntry {
  const { mediaLimitBytes, temporaryMediaLimitBytes: temporary } = row
  return {
    ...row,
    mediaLimitBytes: Number(mediaLimitBytes),
    temporaryMediaLimitBytes: temporary === null ? null : Number(temporary),
  }
}

function signingKeyEntry({ kid, publicJwk }: SigningKeyRow): SigningKeyEntry {
  return { kid, x: publicJwk.x, publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }) }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { rawSql } from '@/db/client'
import { type MasterKey, open, seal } from '@/lib/keys/seal'
import { sealContext as keyContext } from '@/lib/organization-keys/generation'
import { sealContext as signingKeyContext } from '@/lib/signing-keys/signer'

export type ResealProgress = {
  table: string
  /** Rows that were sealed anew so far. */
  resealed: number
  /** Rows that are still under another key, without the failed ones. */
  remaining: number
  /** Ids of rows that no configured key opens; they stay as they are. */
  failed: string[]
}

type Row = { id: string; owner: string; sealed: string }

const sealedTables = [
  {
    table: 'organization_keys',
    id: 'id',
    owner: 'organization_id',
    sealed: 'sealed_api_key',
    context: ({ id, owner }: Row) => keyContext(owner, id),
  },
  {
    table: 'signing_keys',
    id: 'kid',
    owner: 'kid',
    sealed: 'sealed_private_key',
    context: ({ id }: Row) => signingKeyContext(id),
  },
]
type SealedTable = (typeof sealedTables)[number]

/**
 * Seals every stored secret anew under the first master key. Safe while the product serves, once all its
 * processes know both keys: a batch holds its rows for milliseconds and passes over those that somebody works on,
 * which get their turn in the next round. Stopped at any point it goes on from there; run again it does nothing.
 * @param report hears of every batch; nothing that it hears is secret
 */
export async function reseal(
  masterKeys: readonly MasterKey[],
  report: (progress: ResealProgress) => void = () => {},
  batchSize = 100,
): Promise<ResealProgress[]> {
  const results: ResealProgress[] = []
  for (const table of sealedTables) results.push(await resealTable(table, masterKeys, report, batchSize))
  return results
}

async function resealTable(
  table: SealedTable,
  masterKeys: readonly MasterKey[],
  report: (progress: ResealProgress) => void,
  batchSize: number,
): Promise<ResealProgress> {
  const progress: ResealProgress = { table: table.table, resealed: 0, remaining: 0, failed: [] }
  for (;;) {
    progress.remaining = await countOthers(table, masterKeys, progress.failed)
    report({ ...progress })
    if (progress.remaining === 0) return progress
    for (let last: string | undefined = ''; last !== undefined; ) {
      const batch = await resealBatch(table, masterKeys, last, progress.failed, batchSize)
      last = batch.last
      if (last === undefined) break
      progress.resealed += batch.resealed
      progress.remaining -= batch.resealed + batch.failed.length
      progress.failed.push(...batch.failed)
      report({ ...progress })
    }
    await sleep(50)
  }
}

/** One transaction and one statement for all rows of a batch, so that it is one change to the operational list. */
async function resealBatch(
  { table, id, owner, sealed, context }: SealedTable,
  masterKeys: readonly MasterKey[],
  last: string,
  skip: string[],
  batchSize: number,
): Promise<{ last?: string; resealed: number; failed: string[] }> {
  return rawSql().begin(async (sql) => {
    const rows = await sql<Row[]>`
      select ${sql(id)} as id, ${sql(owner)} as owner, ${sql(sealed)} as sealed from ${sql(table)}
      where ${sql(sealed)} is not null and split_part(${sql(sealed)}, '.', 2) <> ${idOfFirst(masterKeys)}
        and ${sql(id)} > ${last} and ${sql(id)} not in (select jsonb_array_elements_text(${JSON.stringify(skip)}::jsonb))
      order by ${sql(id)} limit ${batchSize} for no key update skip locked`
    const failed: string[] = []
    const fresh = rows.flatMap((row) => {
      try {
        const again = seal(open(row.sealed, context(row), masterKeys), context(row), masterKeys)
        return [{ row: row.id, text: again }]
      } catch {
        failed.push(row.id)
        return []
      }
    })
    if (fresh.length > 0)
      await sql`update ${sql(table)} set ${sql(sealed)} = fresh.text
        from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as fresh (row text, text text) where ${sql(id)} = fresh.row`
    return { last: rows.at(-1)?.id, resealed: fresh.length, failed }
  })
}

async function countOthers(
  { table, id, sealed }: SealedTable,
  masterKeys: readonly MasterKey[],
  skip: string[],
): Promise<number> {
  const sql = rawSql()
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}
    where ${sql(sealed)} is not null and split_part(${sql(sealed)}, '.', 2) <> ${idOfFirst(masterKeys)}
      and ${sql(id)} not in (select jsonb_array_elements_text(${JSON.stringify(skip)}::jsonb))`
  return row?.count ?? 0
}

function idOfFirst([first]: readonly MasterKey[]): string {
  if (!first) throw new Error('no master key')
  return first.id
}

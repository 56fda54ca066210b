import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { chainStart } from './chain'

export type Head = { sequence: number; hash: Buffer }

/**
 * Locks the ends of chains, in the order of the chains' names: whoever locks several meets others in one order, and
 * never in a ring. A chain that is new begins here.
 */
export async function lockHeads(tx: Transaction, chains: ReadonlySet<string>): Promise<Map<string, Head>> {
  const names = JSON.stringify([...chains])
  await tx.execute(sql`
    insert into audit_heads (chain, sequence, hash)
    select chain, 0, decode(${chainStart.toString('hex')}, 'hex')
    from jsonb_array_elements_text(${names}::jsonb) as given(chain)
    order by chain
    on conflict do nothing`)
  const rows = await tx.execute<{ chain: string; sequence: string; hash: string }>(sql`
    select chain, sequence, encode(hash, 'hex') as hash from audit_heads
    where chain = any(array(select jsonb_array_elements_text(${names}::jsonb)))
    order by chain for update`)
  return new Map(
    rows.map(({ chain, sequence, hash }) => [
      chain,
      { sequence: Number(sequence), hash: Buffer.from(hash, 'hex') },
    ]),
  )
}

/** Moves them on to what their chains end with now. */
export async function advanceHeads(tx: Transaction, heads: ReadonlyMap<string, Head>): Promise<void> {
  const rows = [...heads].map(([chain, { sequence, hash }]) => ({
    chain,
    sequence,
    hash: hash.toString('hex'),
  }))
  await tx.execute(sql`
    update audit_heads set sequence = given.sequence, hash = decode(given.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(chain text, sequence bigint, hash text)
    where audit_heads.chain = given.chain`)
}

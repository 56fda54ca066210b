import { type SQLWrapper, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import { lockDueKeys } from './due-keys'
import { fillOrganizationKeys } from './testing/fill'

const now = new Date('2026-11-23T09:00:00Z')
const count = 50_000
const due = 5_000
const batch = 500

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Actual Rows': number; Plans?: Plan[] }
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

const { owner } = await testDatabase()

async function planAt(moment: Date): Promise<Plan[]> {
  return db().transaction(async (tx) => {
    const query: SQLWrapper = lockDueKeys(tx, moment, batch)
    const [row] = await tx.execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      sql`explain (analyze, timing off, format json) ${query}`,
    )
    if (!row) throw new Error('no plan')
    return nodesOf(row['QUERY PLAN'][0].Plan)
  })
}

test('what is due is found by its index, whether it is nothing or very much', async () => {
  await fillOrganizationKeys(owner, { count, due, now })
  for (const moment of [new Date(now.getTime() - 86_400_000), now]) {
    const nodes = await planAt(moment)
    const scans = nodes.filter((node) => node['Node Type'].includes('Scan'))
    expect(scans.map((scan) => [scan['Node Type'], scan['Index Name']])).toEqual([
      ['Index Scan', 'organization_keys_replacement_due'],
      ['Index Scan', 'organizations_pkey'],
    ])
    expect(nodes.filter((node) => node['Node Type'].includes('Sort'))).toEqual([])
    for (const node of nodes) expect(node['Actual Rows']).toBeLessThanOrEqual(batch)
  }
}, 120_000)

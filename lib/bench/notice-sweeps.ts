import { raiseOrganizationKeyEndings } from '@/lib/notices/clock/raise-organization-key-endings'
import { raiseServiceKeyEndings } from '@/lib/notices/clock/raise-service-key-endings'
import { raiseServiceKeyExpirations } from '@/lib/notices/clock/raise-service-key-expirations'
import { fillServiceKeys } from './fill-service-keys'
import { tableOf } from './report'
import { median } from './statistics'
import { perSecondOf, timeOf } from './time-of'

const count = 1_000_000
const raisedOfEach = 10_000
const findings = 10

type Sweep = (now: Date, batches: { found: string[] }) => Promise<number>

/** The notices' sweeps over a million service keys: raising what is due, and then finding that nothing is. */
export async function measureNoticeSweeps(ownerUrl: string): Promise<void> {
  // At noon it is the morning's turn.
  const now = new Date()
  now.setUTCHours(12)
  const filledIn = await timeOf(() =>
    fillServiceKeys(ownerUrl, { count, ending: raisedOfEach, expired: raisedOfEach, now }),
  )
  const sweeps: [string, Sweep][] = [
    ['service keys that end', raiseServiceKeyEndings],
    ['service keys that expired', raiseServiceKeyExpirations],
    ['organization keys that end', (now) => raiseOrganizationKeyEndings(now)],
  ]
  const rows: string[][] = []
  for (const [name, sweep] of sweeps) rows.push(await rowOf(name, sweep, now))
  console.log(
    `\nNotices of ${count} service keys; filled in ${(filledIn / 1000).toFixed(1)} s\n` +
      tableOf([['', 'raised', 'raised/s', 'finding nothing more, ms'], ...rows]),
  )
}

async function rowOf(name: string, sweep: Sweep, now: Date): Promise<string[]> {
  let raised = 0
  const found: string[] = []
  const raising = await timeOf(async () => {
    for (let batch = 1; batch > 0; raised += batch) batch = await sweep(now, { found })
  })
  const nothing: number[] = []
  for (let n = 0; n < findings; n++) nothing.push(await timeOf(() => sweep(now, { found })))
  return [name, String(raised), raised > 0 ? perSecondOf(raised, raising) : '', median(nothing).toFixed(1)]
}

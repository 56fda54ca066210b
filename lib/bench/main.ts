import { cpus } from 'node:os'
import { closeDatabase } from '@/db/client'
import { env } from '@/lib/env'
import { addLimitedKeys } from './add-limited-keys'
import { fill } from './fill'
import { hotPathKeys, hotPathServiceKeys, measureHotPaths } from './hot-paths'
import { measureLogging } from './logging'
import { canPin, loadCore, pin } from './pin'
import { measureSearch } from './search'
import { measureServiceKeys } from './service-keys'
import { measureSweep } from './sweep'

const parts = {
  'hot-paths': () =>
    withKeys(hotPathKeys, async (keys, pinned) =>
      measureHotPaths(keys, await addLimitedKeys(ownerUrl, hotPathServiceKeys), pinned),
    ),
  logging: () => withKeys(1_000, measureLogging),
  search: () => measureSearch(ownerUrl),
  'service-keys': () => measureServiceKeys(ownerUrl),
  sweep: () => measureSweep(ownerUrl, pinned),
}

const { CONSOLE_URL, API_URL, DATABASE_URL } = env()
const ownerUrl = process.env.MIGRATE_DATABASE_URL ?? DATABASE_URL
const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !(name in parts))
if (unknown !== undefined)
  throw new Error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}.`)

const pinned = canPin() && pin(process.pid, loadCore)
console.log(
  `Node ${process.version}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores. ` +
    (pinned
      ? 'Servers on one core, load generator on another; Postgres wherever there is room.'
      : 'Not pinned: `taskset` and a second core are missing, so servers and load generator disturb each other.'),
)
for (const [name, measure] of Object.entries(parts))
  if (wanted.length === 0 || wanted.includes(name)) await measure()
await closeDatabase()
process.exit(0)

async function withKeys(count: number, measure: typeof measureLogging): Promise<void> {
  const keys = await fill(ownerUrl, count, { issuer: CONSOLE_URL, audience: API_URL })
  await measure(keys, pinned)
}

import { migrate } from '@/db/migrate'
import { ownerConnection } from '@/db/owner-connection'
import { loadEnv } from '@/lib/env'
import type { Addresses } from './addresses'
import type { Cleanup } from './cleanup'
import { build } from './demo'
import { withoutOwner } from './environment'
import { requireFreePorts } from './ports'
import { productProcesses } from './processes'
import { step } from './progress.mjs'
import { runProcesses } from './run-processes'

/** Starts the product against a database and services of its own, all of which the environment must name. */
export async function startConfigured(
  source: NodeJS.ProcessEnv,
  addresses: Addresses,
  dev: boolean,
  cleanup: Cleanup,
): Promise<void> {
  loadEnv(source)
  const { PORT, API_PORT } = addresses.ports
  await requireFreePorts({ PORT, API_PORT })
  const { ownerUrl, appRole } = ownerConnection(source)
  await Promise.all([
    step('Bringing the database up to date', 'Database up to date', () => migrate(ownerUrl, appRole)),
    dev || build(source),
  ])
  const processes = runProcesses(
    productProcesses(addresses, dev),
    { ...withoutOwner(source), NODE_ENV: dev ? 'development' : 'production' },
    cleanup,
  )
  await Promise.all(processes.map((each) => each.untilReady()))
}

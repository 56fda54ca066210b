import { spawn } from 'node:child_process'
import { migrate } from '@/db/migrate'
import { addressesFrom } from './addresses'
import { ended, root } from './children'
import { Cleanup } from './cleanup'
import { build } from './demo'
import { demoEnvironment } from './environment'
import { freePorts } from './ports'
import { appRole } from './postgres/databases'
import { endWithUs } from './reaper'
import { demoSecrets } from './secrets'
import { onStopSignal } from './signals'
import { removeTemporary, startTemporaryPostgres, temporaryDataDir } from './temporary'

const cleanup = new Cleanup()

onStopSignal(async () => {
  await cleanup.run()
  process.exit(130)
})

try {
  const code = await runBenchmark()
  await cleanup.run()
  process.exit(code)
} catch (error) {
  console.error(`\n${(error as Error).message}`)
  await cleanup.run()
  process.exit(1)
}

/** A migrated, empty database and a complete configuration; what is measured is the program's own business. */
async function runBenchmark(): Promise<number> {
  const dataDir = temporaryDataDir()
  cleanup.add(() => removeTemporary(dataDir))
  const parts = process.argv.slice(2)
  if (parts.length === 0 || parts.includes('service-keys')) await build(process.env)
  const server = await startTemporaryPostgres()
  cleanup.add(() => server.stop())
  await migrate(server.ownerUrl(), appRole)
  const addresses = addressesFrom(await freePorts('PORT', 'API_PORT', 'MAILBOX_PORT'))
  const bench = spawn(process.execPath, ['--import', 'tsx', 'lib/bench/main.ts', ...parts], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...demoEnvironment(process.env, addresses, demoSecrets(dataDir), server.appUrl(), dataDir),
      MIGRATE_DATABASE_URL: server.ownerUrl(),
      NODE_ENV: 'production',
    },
  })
  endWithUs(bench)
  await ended(bench)
  return bench.exitCode ?? 1
}

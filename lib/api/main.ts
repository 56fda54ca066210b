import { closeDatabase, rawSql } from '@/db/client'
import { type Env, EnvError, env } from '@/lib/env'
import { AddressRanges, parseRange } from '@/lib/keys/ip-address'
import { LastUsed } from '@/lib/verify/last-used'
import { ListKeeper } from '@/lib/verify/list-keeper'
import { Recognizer } from '@/lib/verify/recognizer'
import type { Api } from './api'
import { apiLog } from './log'
import { apiServer } from './server'
import { drain } from './stop'

/** Load balancers get this long to see that `/readyz` fails; nobody balances a demo. */
const noticeMs = 1_000

try {
  run(env(), trustedProxies(env().TRUSTED_PROXIES))
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run(settings: Env, proxies: AddressRanges): void {
  const { log, access, flush } = apiLog(settings.LOG_LEVEL)
  const keeper = new ListKeeper({
    databaseUrl: settings.DATABASE_URL,
    log,
    staleAfterMs: settings.STALE_OK_S * 1000,
  })
  const lastUsed = new LastUsed(rawSql, log)
  const api: Api = {
    source: keeper,
    recognizer: new Recognizer({ issuer: settings.CONSOLE_URL, audience: settings.API_URL }),
    lastUsed,
    log,
    access,
    trustedProxies: proxies,
    masterKeys: settings.MASTER_KEY,
    now: Date.now,
    draining: false,
  }
  const server = apiServer(api)

  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE'
    const reason = taken ? `port ${settings.API_PORT} is taken (API_PORT)` : error.message
    process.stderr.write(`The API cannot listen: ${reason}\n`)
    process.exit(1)
  })
  server.listen(settings.API_PORT, settings.HOST, () => {
    log.info({ host: settings.HOST, port: settings.API_PORT }, 'listening')
  })
  keeper.start()
  lastUsed.start()

  const stop = async (cause: string) => {
    if (api.draining) return
    log.info({ cause }, 'stopping')
    await drain(api, server, settings.KEYTURN_DEMO ? 0 : noticeMs)
    await lastUsed.stop()
    await keeper.stop()
    await closeDatabase()
    log.info({}, 'stopped')
    flush()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop(signal))
  // Started by another process that holds a channel: it is not outlived.
  process.on('disconnect', () => void stop('disconnect'))
}

/** @throws EnvError naming the entry that is not an address or a range */
function trustedProxies(text: string): AddressRanges {
  const ranges = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const range = parseRange(entry)
      if (!range)
        throw new EnvError(
          `Keyturn cannot start with this configuration:\n  TRUSTED_PROXIES "${entry}" is not an address or a range such as 10.0.0.0/8`,
        )
      return range
    })
  return new AddressRanges(ranges)
}

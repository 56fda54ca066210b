import { closeDatabase, rawSql } from '@/db/client'
import { callLog } from '@/lib/call-log/call-log'
import { LogThread } from '@/lib/call-log/log-thread'
import { type Env, EnvError, env } from '@/lib/env'
import { listen } from '@/lib/listen'
import { LastUsed } from '@/lib/verify/last-used'
import { ListKeeper } from '@/lib/verify/list-keeper'
import { Recognizer } from '@/lib/verify/recognizer'
import type { Api } from './api'
import { apiServer } from './server'
import { drain } from './stop'

/** Load balancers get this long to see that `/readyz` fails; nobody balances a demo. */
const noticeMs = 1_000
const standardOutput = 1

try {
  run(env())
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run(settings: Env): void {
  const logThread = new LogThread({
    level: settings.LOG_LEVEL,
    databaseUrl: settings.DATABASE_URL,
    output: standardOutput,
  })
  const { log, pages } = logThread
  process.on('exit', () => logThread.flushSync())
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
    calls: callLog(pages, { lines: log.isLevelEnabled('info'), rows: settings.REQUEST_LOG === 'on' }),
    trustedProxies: settings.TRUSTED_PROXIES,
    masterKeys: settings.MASTER_KEY,
    now: Date.now,
    draining: false,
  }
  const server = apiServer(api)

  const at = { name: 'API', variable: 'API_PORT', host: settings.HOST, port: settings.API_PORT }
  listen(server, at, () => log.info({ host: at.host, port: at.port }, 'listening'))
  keeper.start()
  lastUsed.start()

  const stop = async (cause: string) => {
    if (api.draining) return
    log.info({ cause }, 'stopping')
    await drain(api, server, settings.KEYTURN_DEMO ? 0 : noticeMs)
    await Promise.all([lastUsed.stop(), logThread.stopRows()])
    await keeper.stop()
    await closeDatabase()
    log.info({}, 'stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop(signal))
  // Started by another process that holds a channel: it is not outlived.
  process.on('disconnect', () => void stop('disconnect'))
}

import { closeDatabase, rawSql } from '@/db/client'
import { RequestLog } from '@/lib/call-log/request-log'
import { Retention } from '@/lib/call-log/retention'
import { type Env, EnvError, env } from '@/lib/env'
import { listen } from '@/lib/listen'
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
  run(env())
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run(settings: Env): void {
  const { log, line, flush } = apiLog(settings.LOG_LEVEL)
  const keeper = new ListKeeper({
    databaseUrl: settings.DATABASE_URL,
    log,
    staleAfterMs: settings.STALE_OK_S * 1000,
  })
  const lastUsed = new LastUsed(rawSql, log)
  const requestLog = new RequestLog(settings.DATABASE_URL, log)
  const retention = new Retention(rawSql, log, settings.REQUEST_RETENTION_DAYS)
  const api: Api = {
    source: keeper,
    recognizer: new Recognizer({ issuer: settings.CONSOLE_URL, audience: settings.API_URL }),
    lastUsed,
    log,
    line,
    row: settings.REQUEST_LOG === 'on' ? (call) => requestLog.record(call) : null,
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
  requestLog.start()
  retention.start()

  const stop = async (cause: string) => {
    if (api.draining) return
    log.info({ cause }, 'stopping')
    await drain(api, server, settings.KEYTURN_DEMO ? 0 : noticeMs)
    retention.stop()
    await Promise.all([lastUsed.stop(), requestLog.stop()])
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

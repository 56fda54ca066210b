import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { setTestEnvironment } from '@/db/testing/environment'
import type { Api } from '@/lib/api/api'
import { apiServer } from '@/lib/api/server'
import { drain } from '@/lib/api/stop'
import { callLog } from '@/lib/call-log/call-log'
import { FactPages } from '@/lib/call-log/fact-pages'
import { LogWriter } from '@/lib/call-log/log-writer'
import { apiLogger } from '@/lib/call-log/logger'
import { AddressRanges, parseRange } from '@/lib/network/address-ranges'
import { LastUsed } from '@/lib/verify/last-used'
import { ListKeeper } from '@/lib/verify/list-keeper'
import { Recognizer } from '@/lib/verify/recognizer'
import { audience, issuer } from '@/lib/verify/testing/rows'
import { until } from '@/lib/verify/testing/until'

export type RunningApi = {
  url: string
  port: number
  keeper: ListKeeper
  lastUsed: LastUsed
  requestLog: { flush(): Promise<void> }
  api: Api
  /** Everything that was logged, as text. */
  logged(): string
  lines(): Record<string, unknown>[]
  ready(): Promise<void>
  stop(): Promise<void>
}

export const masterKey = { id: 'test', bytes: Buffer.alloc(32, 7) }

/** The API of one process, on a port of its own, with a clock that the test holds. */
export async function startApi(options: {
  databaseUrl: string
  now?: () => number
  elapsed?: () => number
  staleAfterMs?: number
  heartbeatMs?: number
  trustedProxies?: readonly string[]
}): Promise<RunningApi> {
  // What a route reads from the database goes through the process's own pool.
  setTestEnvironment(options.databaseUrl)
  let text = ''
  const output = {
    write(batch: Buffer) {
      text += batch.toString('utf8')
    },
    flushSync() {},
  }
  // What the thread that logs does, on this one.
  const writer = new LogWriter({ level: 'info', databaseUrl: options.databaseUrl }, output)
  const pages = new FactPages((page) => {
    writer.take(page.written)
    pages.giveBack(page.buffer)
  })
  const log = apiLogger('info', pages)
  const requestLog = {
    flush() {
      pages.handOver()
      return writer.requestLog.flush()
    },
  }
  const sql = postgres(options.databaseUrl, { max: 2, onnotice: () => {} })
  const keeper = new ListKeeper({
    databaseUrl: options.databaseUrl,
    log,
    staleAfterMs: options.staleAfterMs ?? 60_000,
    ...(options.elapsed ? { elapsed: options.elapsed } : {}),
    ...(options.heartbeatMs ? { heartbeatMs: options.heartbeatMs } : {}),
  })
  const lastUsed = new LastUsed(() => sql, log)
  const ranges = (options.trustedProxies ?? []).flatMap((range) => parseRange(range) ?? [])
  const api: Api = {
    source: keeper,
    recognizer: new Recognizer({ issuer, audience }),
    lastUsed,
    log,
    calls: callLog(pages, { lines: true, rows: true }),
    trustedProxies: new AddressRanges(ranges),
    masterKeys: [masterKey],
    now: options.now ?? Date.now,
    draining: false,
  }
  const server = apiServer(api)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  keeper.start()
  const logged = () => {
    pages.handOver()
    return text
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    keeper,
    lastUsed,
    requestLog,
    api,
    logged,
    lines: () =>
      logged()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    ready: () => until(() => keeper.trust() === 'current'),
    async stop() {
      await drain(api, server, 0)
      pages.handOver()
      await Promise.all([lastUsed.stop(), writer.requestLog.stop()])
      await keeper.stop()
      await sql.end({ timeout: 0 })
      await closeDatabase()
    },
  }
}

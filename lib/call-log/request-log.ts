import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomBase62 } from '@/lib/keys/token'
import { within } from '@/lib/within'
import type { CallRecord } from './call-record'
import { RowConnection } from './row-connection'
import { RowPage, rowPageBytes } from './row-page'
import { prepareDay, writeBatch } from './write-batch'

type Log = { warn(details: object, message: string): void }
type Batch = { id: string; pages: RowPage[]; refusals: number }
type Options = {
  limitBytes?: number
  /** Is told how many more rows are in the database, or were said to be lost. */
  settled?: (rows: number) => void
}

const flushEveryMs = 1_000
const writeWithinMs = 20_000
const stopWithinMs = 8_000
const longestPauseMs = 5_000
const pagesAtOnce = 64
const mostSparePages = 2 * pagesAtOnce
/** How often the same rows are refused before they give way to those behind them. */
const mostRefusals = 3
/** About 300,000 rows. */
const mostBytes = 64 * 1_048_576

/**
 * Writes a row of every call, in batches, off the path of the call. A database that is away costs only time: a batch
 * is tried until it is in, exactly once. Only beyond `limitBytes` of waiting rows new ones are lost, and counted.
 */
export class RequestLog {
  #filling = new RowPage()
  #full: RowPage[] = []
  #spare: RowPage[] = []
  /** On its way, or to be tried again. */
  #batch: Batch | null = null
  #lost = 0
  #failures = 0
  #nextTryAt = 0
  #knownDays = new Set<number>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  readonly #connection: RowConnection
  readonly #limitBytes: number
  readonly #settled: (rows: number) => void

  constructor(
    databaseUrl: string,
    readonly log: Log,
    { limitBytes = mostBytes, settled = () => {} }: Options = {},
  ) {
    this.#connection = new RowConnection(databaseUrl)
    this.#limitBytes = limitBytes
    this.#settled = settled
  }

  /** Rows that are not in the database yet. */
  get waiting(): number {
    return rowsOf([...(this.#batch?.pages ?? []), ...this.#full, this.#filling])
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#flushWhenDue(), flushEveryMs).unref()
  }

  record(call: CallRecord): void {
    if (this.#filling.add(call) || (this.#turnPage() && this.#filling.add(call))) return
    this.#lost++
  }

  /** Writes what waits; one batch at a time, and a call during a running one waits for that. Never throws. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  /** Writes the rest, for at most some seconds. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    const end = performance.now() + stopWithinMs
    while (this.waiting > 0 && performance.now() < end) {
      await within(end - performance.now(), this.flush(), 'flushing').catch(() => {})
      if (this.#failures > 0) await sleep(200)
    }
    this.#lost += this.waiting
    this.#reportLost('the database was away when the process ended')
    this.#connection.end()
  }

  #turnPage(): boolean {
    const pages = this.#full.length + (this.#batch?.pages.length ?? 0) + 1
    if ((pages + 1) * rowPageBytes > this.#limitBytes) return false
    this.#full.push(this.#filling)
    this.#filling = this.#spare.pop() ?? new RowPage()
    if (this.#full.length >= pagesAtOnce) this.#flushWhenDue()
    return true
  }

  #flushWhenDue(): void {
    if (performance.now() >= this.#nextTryAt) void this.flush()
  }

  async #write(): Promise<void> {
    do {
      this.#batch ??= this.#nextBatch()
      if (this.#batch === null) return
      try {
        await this.#send(this.#batch)
      } catch (error) {
        this.#failed(this.#batch, error)
        return
      }
      this.#written(this.#batch)
    } while (this.#full.length > 0)
  }

  #nextBatch(): Batch | null {
    const pages = this.#full.splice(0, pagesAtOnce)
    if (pages.length < pagesAtOnce && this.#filling.rows > 0) {
      pages.push(this.#filling)
      this.#filling = this.#spare.pop() ?? new RowPage()
    }
    return pages.length === 0 ? null : { id: randomBase62(22), pages, refusals: 0 }
  }

  #send({ id, pages }: Batch): Promise<void> {
    return this.#connection.use(writeWithinMs, async (sql) => {
      for (const day of new Set(pages.flatMap((page) => page.days))) {
        if (this.#knownDays.has(day)) continue
        await prepareDay(sql, day)
        this.#knownDays.add(day)
      }
      await writeBatch(sql, { id, pages: pages.map((page) => page.bytes) })
    })
  }

  #written({ pages }: Batch): void {
    this.#batch = null
    this.#failures = 0
    this.#nextTryAt = 0
    this.#settled(rowsOf(pages))
    for (const page of pages.slice(0, mostSparePages - this.#spare.length)) {
      page.clear()
      this.#spare.push(page)
    }
    this.#reportLost('the database was away for longer than there was room for rows')
  }

  #failed(batch: Batch, error: unknown): void {
    const pauseMs = Math.min(longestPauseMs, 250 * 2 ** this.#failures++)
    this.#nextTryAt = performance.now() + pauseMs
    // A partition that is not there any more is refused like a row that cannot be stored.
    this.#knownDays.clear()
    const details = { err: error, waiting: this.waiting }
    if (isRefusal(error) && ++batch.refusals >= mostRefusals) {
      this.#batch = null
      const rows = rowsOf(batch.pages)
      this.#settled(rows)
      this.log.warn({ ...details, lost: rows }, 'requests: the database refuses these rows, they are lost')
    } else this.log.warn(details, 'requests: not written, will try again')
  }

  #reportLost(cause: string): void {
    if (this.#lost === 0) return
    this.log.warn({ lost: this.#lost, cause }, 'requests: rows were lost')
    this.#settled(this.#lost)
    this.#lost = 0
  }
}

function rowsOf(pages: readonly RowPage[]): number {
  return pages.reduce((rows, page) => rows + page.rows, 0)
}

/** Whether Postgres says that it is the rows that are wrong, and not that it is itself in trouble. */
function isRefusal(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown } | null)?.code))
}

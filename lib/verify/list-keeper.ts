import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { connect } from '@/db/connect'
import { within } from '@/lib/within'
import { OperationalList } from './operational-list'
import { applyChanges, readChanges, readVersion, readWholeList } from './store'
import { type Confirmation, type Trust, type TrustLimits, trustOf } from './trust'

export type Log = {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export type ListKeeperOptions = {
  databaseUrl: string
  log: Log
  /** How long the list is believed without a word from the database. */
  staleAfterMs: number
  /** Milliseconds of a clock that is never set back. */
  elapsed?: () => number
  heartbeatMs?: number
  answerWithinMs?: number
  wholeListWithinMs?: number
}

const usualOptions = { heartbeatMs: 500, answerWithinMs: 5_000, wholeListWithinMs: 120_000 }
const longestPauseMs = 5_000
/** Beyond this many changed rows reading everything is quicker than asking for each by its id. */
const mostChanges = 20_000

/**
 * Keeps the operational list up to date over one connection of its own: NOTIFY is a hint, the version number
 * decides, and a heartbeat confirms that nothing was missed. Connects again for as long as it runs.
 */
export class ListKeeper {
  #list = new OperationalList()
  #confirmation: Confirmation = { confirmedAt: null, connected: false }
  #stopped = false
  #cutShort = () => {}
  #hinted = false
  #wake = () => {}
  #running: Promise<void> | undefined

  readonly #options: Required<ListKeeperOptions>
  readonly #limits: TrustLimits

  constructor(options: ListKeeperOptions) {
    this.#options = { ...usualOptions, elapsed: () => performance.now(), ...options }
    const { staleAfterMs, heartbeatMs } = this.#options
    this.#limits = { staleAfterMs, currentForMs: Math.min(staleAfterMs, 4 * heartbeatMs + 1_000) }
  }

  /** The list as it is known now; take it anew for each call, because reading everything again replaces it. */
  get list(): OperationalList {
    return this.#list
  }

  trust(): Trust {
    return trustOf(this.#confirmation, this.#options.elapsed(), this.#limits)
  }

  start(): void {
    this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cutShort()
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopped) {
      try {
        await this.#session(() => {
          failures = 0
        })
      } catch (error) {
        if (this.#stopped) return
        this.#options.log.warn({ err: error, failures }, 'operational list: no word from the database')
      }
      if (!this.#stopped) await this.#pause(Math.min(longestPauseMs, 100 * 2 ** failures++))
    }
  }

  /** Not quite as long for every process, so that they do not all come back at the same moment. */
  async #pause(milliseconds: number): Promise<void> {
    const stopping = new AbortController()
    this.#cutShort = () => stopping.abort()
    const { signal } = stopping
    await sleep(milliseconds * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
  }

  /** One connection's life; ends by throwing, or quietly after `stop`. */
  async #session(confirmed: () => void): Promise<void> {
    let closed = false
    // `onnotify` is how the driver's own `listen` hears of a NOTIFY; used directly, so that hints and heartbeats
    // share one connection and its loss is noticed at once.
    const options = {
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: 'keyturn-api' },
      onclose: () => {
        closed = true
        this.#confirmation.connected = false
        this.#wake()
      },
      onnotify: () => {
        this.#hinted = true
        this.#wake()
      },
    }
    const sql = connect(this.#options.databaseUrl, options)
    this.#cutShort = () => {
      this.#wake()
      void sql.end({ timeout: 0 }).catch(() => {})
    }
    try {
      await this.#answer(sql.unsafe('listen operational_list'), 'listening')
      while (!this.#stopped && !closed) {
        this.#hinted = false
        await this.#synchronize(sql)
        confirmed()
        await this.#hintOrHeartbeat(() => closed)
      }
      if (closed && !this.#stopped) throw new Error('the connection was closed')
    } finally {
      this.#confirmation.connected = false
      await sql.end({ timeout: 0 }).catch(() => {})
    }
  }

  async #synchronize(sql: postgres.Sql): Promise<void> {
    const sentAt = this.#options.elapsed()
    const version = await this.#answer(readVersion(sql), 'asking for the version')
    if (version !== this.#list.version || this.#confirmation.confirmedAt === null) {
      // By hand, because there is but one connection, and whatever fails on it ends it.
      await this.#answer(sql.unsafe('begin isolation level repeatable read read only'), 'beginning to read')
      await within(this.#options.wholeListWithinMs, this.#catchUp(sql), 'reading')
      await this.#answer(sql.unsafe('commit'), 'having read')
    }
    this.#confirmation = { confirmedAt: sentAt, connected: true }
  }

  #answer<T>(asked: Promise<T>, what: string): Promise<T> {
    return within(this.#options.answerWithinMs, asked, what)
  }

  async #catchUp(sql: postgres.Sql): Promise<void> {
    const until = await readVersion(sql)
    const changes =
      this.#confirmation.confirmedAt === null ? null : await readChanges(sql, this.#list.version, until)
    if (changes && changes.length <= mostChanges) {
      await applyChanges(sql, this.#list, changes)
      this.#list.version = until
      return
    }
    this.#list = await readWholeList(sql)
    this.#options.log.info({ keys: this.#list.size, version: until }, 'operational list: read')
  }

  async #hintOrHeartbeat(closed: () => boolean): Promise<void> {
    if (this.#hinted || this.#stopped || closed()) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.heartbeatMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@/db/connect'
import type { Complaint } from './complaint'

const longestPauseMs = 5_000
/** Many words at once are one. */
const pauseMs = 500

/**
 * Calls `wake` whenever somebody says something on a channel of the database, and after each time that it could not
 * be heard; again and again until it says yes. Connects again for as long as it runs: the driver's own `listen` gives up where coming back takes long.
 */
export class WakeUp {
  #stopping = new AbortController()
  #running: Promise<void> | undefined

  constructor(
    readonly databaseUrl: string,
    readonly channel: string,
    readonly wake: () => Promise<boolean>,
    readonly complaint: Complaint,
  ) {}

  start(): void {
    this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await this.#session(() => {
          failures = 0
        })
      } catch (error) {
        if (!signal.aborted) this.complaint.say(error)
      }
      await sleep(Math.min(longestPauseMs, 100 * 2 ** failures++), undefined, { signal }).catch(() => {})
    }
  }

  /** One connection's life. */
  async #session(heard: () => void): Promise<void> {
    let isOpen = true
    let isHinted = true
    let next = Promise.withResolvers<void>()
    const hint = () => {
      isHinted = true
      next.resolve()
    }
    const { signal } = this.#stopping
    signal.addEventListener('abort', hint)
    const sql = connect(this.databaseUrl, {
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: 'keyturn-worker' },
      onclose: () => {
        isOpen = false
        next.resolve()
      },
      // How the driver's own `listen` hears of a NOTIFY, which its types leave out.
      ...({ onnotify: hint } as object),
    })
    try {
      await sql.unsafe(`listen ${this.channel}`)
      heard()
      while (isOpen && !signal.aborted) {
        next = Promise.withResolvers()
        if (isHinted) {
          isHinted = false
          if (!(await this.wake())) isHinted = true
          await sleep(pauseMs, undefined, { signal }).catch(() => {})
        } else await next.promise
      }
    } finally {
      signal.removeEventListener('abort', hint)
      await sql.end({ timeout: 0 }).catch(() => {})
    }
  }
}

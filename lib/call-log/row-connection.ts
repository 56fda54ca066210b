import type postgres from 'postgres'
import { connect } from '@/db/connect'
import { within } from '@/lib/within'

/**
 * A connection for batches of rows, opened when it is first needed. Whatever fails on it ends it: a COPY that was
 * cut off leaves the driver (3.4.9) waiting for an answer that never comes.
 */
export class RowConnection {
  #open: { sql: postgres.Sql; closed: Promise<never> } | null = null

  constructor(readonly databaseUrl: string) {}

  /** @throws what `work` throws, when the connection is lost meanwhile, and after `withinMs` */
  async use(withinMs: number, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
    this.#open ??= this.#connect()
    const { sql, closed } = this.#open
    try {
      await within(withinMs, Promise.race([work(sql), closed]), 'writing requests')
    } catch (error) {
      this.end()
      throw error
    }
  }

  end(): void {
    void this.#open?.sql.end({ timeout: 0 }).catch(() => {})
    this.#open = null
  }

  #connect() {
    const lost = Promise.withResolvers<never>()
    // Nobody hears of it while nothing is being written.
    lost.promise.catch(() => {})
    const sql = connect(this.databaseUrl, {
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: 'keyturn-requests', TimeZone: 'UTC', statement_timeout: 15_000 },
      onclose: () => {
        if (this.#open?.sql === sql) this.#open = null
        lost.reject(Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' }))
      },
    })
    return { sql, closed: lost.promise }
  }
}

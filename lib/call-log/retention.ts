import type postgres from 'postgres'

type Log = { info(details: object, message: string): void; warn(details: object, message: string): void }

const everyMs = 3_600_000
const day = 86_400_000

/** Drops the rows of calls by whole days (UTC) once all of them are older than `days`, now and every hour. */
export class Retention {
  #timer: NodeJS.Timeout | undefined

  constructor(
    readonly sql: () => postgres.Sql,
    readonly log: Log,
    readonly days: number,
  ) {}

  start(): void {
    void this.apply()
    this.#timer ??= setInterval(() => void this.apply(), everyMs).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Never throws: what could not be dropped is dropped the next time. */
  async apply(now = new Date()): Promise<void> {
    const sql = this.sql()
    const oldest = new Date(now.getTime() - this.days * day).toISOString().slice(0, 10)
    try {
      const [row] = await sql<{ dropped: number }[]>`select drop_requests_before(${oldest}::date) as dropped`
      if (row && row.dropped > 0) this.log.info({ days: row.dropped, before: oldest }, 'requests: dropped')
      // Nobody asks for longer whether a batch is in.
      await sql`delete from request_batches where at < now() - interval '1 day'`
    } catch (error) {
      this.log.warn({ err: error }, 'requests: old ones not dropped, will try again')
    }
  }
}

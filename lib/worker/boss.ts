import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type postgres from 'postgres'
import { connect } from '@/db/connect'
import { queueDatabase } from '@/db/queue-database'
import { type QueueName, queueNames, queueSchema } from '@/db/queues'
import { Complaint } from './complaint'
import type { Job } from './jobs'
import { perform } from './perform'

const longestPauseMs = 5_000

/**
 * One worker's part in the queues that all workers share: it puts jobs in when they are due, and takes out what nobody
 * else has. Its tables are there already (db/queues.ts).
 */
export class Boss {
  #boss: PgBoss | undefined
  #workerIds = new Map<QueueName, string>()
  #stopping = new AbortController()
  readonly #sql: postgres.Sql
  readonly #complaint: Complaint

  constructor(
    databaseUrl: string,
    readonly jobs: Record<QueueName, Job>,
    readonly log: Logger,
  ) {
    this.#complaint = new Complaint(log, 'jobs: something is wrong with the queues')
    this.#sql = connect(databaseUrl, {
      // The driver lets a text begin a transaction only where no other connection could go on with it.
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: 'keyturn-worker', TimeZone: 'UTC', statement_timeout: 15_000 },
    })
  }

  /** Comes back when it works, however long the database is away. */
  async start(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures++) {
      try {
        return await this.#begin()
      } catch (error) {
        this.#complaint.say(error)
        await this.#boss?.stop({ graceful: false }).catch(() => {})
        const { signal } = this.#stopping
        await sleep(Math.min(longestPauseMs, 100 * 2 ** failures), undefined, { signal }).catch(() => {})
      }
    }
  }

  /**
   * Has a job done by whichever worker is free for it.
   * @returns false while there is one already: it may have looked before there was anything to find
   */
  async wake(name: QueueName): Promise<boolean> {
    const workerId = this.#workerIds.get(name)
    if (!this.#boss || !workerId) return false
    const isTaken = (await this.#boss.send(name)) !== null
    this.#boss.notifyWorker(workerId)
    return isTaken
  }

  /** Sweeps end with the batch that they are at. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#boss?.stop({ timeout: 12_000 })
    await this.#sql.end({ timeout: 2 })
  }

  async #begin(): Promise<void> {
    const boss = new PgBoss({
      db: queueDatabase(this.#sql),
      schema: queueSchema,
      migrate: false,
      reindex: false,
      monitorVacuum: false,
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
      maintenanceIntervalSeconds: 600,
      cronMonitorIntervalSeconds: 15,
    })
    this.#boss = boss
    boss.on('error', (error) => this.#complaint.say(error))
    await boss.start()
    for (const name of queueNames) {
      await boss.schedule(name, this.jobs[name].cron)
      const options = { pollingIntervalSeconds: 2 }
      const workerId = await boss.work(name, options, async ([job]) => {
        const signals = [this.#stopping.signal, ...(job ? [job.signal] : [])]
        await perform(name, this.jobs[name], AbortSignal.any(signals), this.log)
      })
      this.#workerIds.set(name, workerId)
    }
  }
}

import { PgBoss } from 'pg-boss'
import type postgres from 'postgres'
import { queueDatabase } from './queue-database'

/** What is done by the clock (lib/worker/jobs.ts); one queue each. */
export const queueNames = [
  'replace-due',
  'raise-organization-key-endings',
  'raise-service-key-endings',
  'raise-service-key-expirations',
  'send-due',
  'rotate-signing-keys',
  'retention',
] as const
export type QueueName = (typeof queueNames)[number]

export const queueSchema = 'pgboss'
/** The library's own queue, through which its schedule goes; six jobs a minute. */
const scheduleQueue = '__pgboss__send-it'
const hourSeconds = 3600
const kept = { deleteAfterSeconds: hourSeconds, retentionSeconds: hourSeconds }
/**
 * One waits or runs, wherever. Nothing is tried again: the next minute does that. The heartbeat of a worker that was
 * killed stops, and another one goes on. (The policies by which one may wait while another runs go by a list of what
 * runs that is up to a minute old.)
 */
const options = { ...kept, retryLimit: 0, expireInSeconds: hourSeconds, heartbeatSeconds: 10 }

/** Makes or brings up to date the library's tables and the queues, as the schema's owner. */
export async function installQueues(sql: postgres.Sql): Promise<void> {
  const boss = new PgBoss({
    db: queueDatabase(sql),
    schema: queueSchema,
    supervise: false,
    schedule: false,
  })
  const errors: Error[] = []
  boss.on('error', (error) => errors.push(error))
  await boss.start()
  try {
    const present = new Set((await boss.getQueues()).map(({ name }) => name))
    if (!present.has(scheduleQueue)) await boss.createQueue(scheduleQueue, kept)
    for (const name of queueNames)
      if (present.has(name)) await boss.updateQueue(name, options)
      else await boss.createQueue(name, { ...options, policy: 'exclusive' })
  } finally {
    await boss.stop({ graceful: false })
  }
  if (errors[0]) throw errors[0]
}

/** What running workers write; the tables themselves are not theirs. */
export async function grantQueues(tx: postgres.TransactionSql, appRole: string): Promise<void> {
  const [schema, role] = [tx(queueSchema), tx(appRole)]
  await tx`grant usage on schema ${schema} to ${role}`
  await tx`grant select on all tables in schema ${schema} to ${role}`
  for (const table of ['job', 'job_common', 'schedule'])
    await tx`grant insert, update, delete on ${schema}.${tx(table)} to ${role}`
  for (const table of ['queue', 'version']) await tx`grant update on ${schema}.${tx(table)} to ${role}`
  await tx`grant insert on ${schema}.queue to ${role}`
  await tx`grant delete on ${schema}.job_dependency to ${role}`
}

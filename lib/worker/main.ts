import { constants, getPriority, setPriority } from 'node:os'
import { closeDatabase } from '@/db/client'
import { type Env, EnvError, env } from '@/lib/env'
import { logger } from '@/lib/log'
import { Boss } from './boss'
import { Complaint } from './complaint'
import { jobs } from './jobs'
import { WakeUp } from './wake-up'

try {
  run(env())
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run({ DATABASE_URL }: Env): void {
  // Whoever calls the API goes first. Who was started lower than that stays there: back up is not allowed.
  setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL))
  const log = logger()
  const boss = new Boss(DATABASE_URL, jobs, log)
  const wakeUp = new WakeUp(
    DATABASE_URL,
    'notice_deliveries',
    () => boss.wake('send-due'),
    new Complaint(log, 'jobs: not hearing of new notices; the schedule finds them'),
  )
  let isStopping = false

  void boss.start().then(() => {
    if (isStopping) return
    log.info({}, 'working')
    wakeUp.start()
    process.send?.('ready')
  })

  const stop = async (cause: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ cause }, 'stopping')
    await wakeUp.stop()
    await boss.stop()
    await closeDatabase()
    log.info({}, 'stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop(signal))
  // Started by another process that holds a channel: it is not outlived.
  process.on('disconnect', () => void stop('disconnect'))
}

import { LogThread } from '@/lib/call-log/log-thread'
import { callOf } from './call'

/** A process that logs, and then ends by an error before anything was handed over. */
const [databaseUrl = ''] = process.argv.slice(2)
const thread = new LogThread({ level: 'info', databaseUrl, output: 1 })
process.on('exit', () => thread.flushSync())
for (let i = 0; i < 3; i++) {
  thread.pages.record(callOf({ id: `req_${i}` }), 'both')
  thread.log.info({ i }, 'between')
}
throw new Error('a crash')

import { parentPort, workerData } from 'node:worker_threads'
import { within } from '@/lib/within'
import {
  type FromThread,
  flushesDone,
  rowsSettled,
  type ThreadData,
  type ToThread,
} from './log-thread-messages'
import { LogWriter } from './log-writer'
import { batchOutput } from './output'

/** Below the time for which the other thread waits. */
const lastRowsWithinMs = 1_500

const { counts, ...settings } = workerData as ThreadData
const shared = new Int32Array(counts)
const output = batchOutput(settings.output, (lines) =>
  requestLog.log.warn({ lost: lines, cause: 'nobody read them' }, 'log lines were lost'),
)
const writer = new LogWriter(settings, output, (rows) => Atomics.add(shared, rowsSettled, rows))
const { requestLog } = writer
requestLog.start()

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'page') {
    writer.take(new Uint8Array(message.buffer, 0, message.used))
    tell({ kind: 'page', buffer: message.buffer }, [message.buffer])
  } else if (message.kind === 'stop') void requestLog.stop().then(() => tell({ kind: 'stopped' }))
  else void flush(message.number)
})

async function flush(number: number): Promise<void> {
  if (requestLog.waiting > 0)
    await within(lastRowsWithinMs, requestLog.flush(), 'the last rows').catch(() => {})
  output.flushSync()
  Atomics.store(shared, flushesDone, number)
  Atomics.notify(shared, flushesDone)
}

function tell(message: FromThread, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}

import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { within } from '@/lib/within'
import type { FactPage } from './fact-page'
import { FactPages } from './fact-pages'
import {
  type FromThread,
  flushesDone,
  rowsSettled,
  type ThreadData,
  type ToThread,
} from './log-thread-messages'
import type { LogSettings } from './log-writer'
import { apiLogger } from './logger'
import { directOutput } from './output'
import { waitForCount } from './wait-for-count'

/** The thread's name, as the system shows it too. */
export const logThreadName = 'keyturn-log'

const handOverEveryMs = 100
const restartAfterMs = 1_000
const flushWithinMs = 2_000
/** Beyond what the thread itself takes to give up. */
const stopWithinMs = 12_000

type Running = {
  worker: Worker
  counts: Int32Array
  handedRows: number
  flushes: number
  stopped: () => void
}

/**
 * The thread that logs, as the thread that answers sees it: nothing of what it does costs those that call. One that
 * dies takes with it what it has not written, which is said in one line, and a second later there is another.
 */
export class LogThread {
  readonly pages = new FactPages((page, rows) => this.#handOn(page, rows))
  readonly log: Logger
  #running: Running | null = null
  /** Handed over while there is no thread. */
  #waiting: [page: FactPage, rows: number][] = []

  constructor(readonly settings: LogSettings) {
    this.log = apiLogger(settings.level, this.pages)
    this.#start()
    setInterval(() => this.#tick(), handOverEveryMs).unref()
  }

  /** Resolves when every row is written or said to be lost, after some seconds at most. */
  async stopRows(): Promise<void> {
    this.pages.handOver()
    const running = this.#running ?? this.#start()
    const stopped = new Promise<void>((resolve) => {
      running.stopped = resolve
    })
    this.#post(running, { kind: 'stop' })
    await within(stopWithinMs, stopped, 'writing the last rows').catch(() => {})
  }

  /** Holds the process, for at most two seconds, until everything is written: for its very end, or a crash. */
  flushSync(): void {
    this.pages.handOver()
    const running = this.#running ?? this.#start()
    const number = ++running.flushes
    this.#post(running, { kind: 'flush', number })
    waitForCount(running.counts, flushesDone, number, flushWithinMs)
  }

  #start(): Running {
    const counts = new SharedArrayBuffer(8)
    const workerData: ThreadData = { ...this.settings, counts }
    const worker = new Worker(new URL('./run-log-thread.ts', import.meta.url), {
      name: logThreadName,
      workerData,
      // The sources are TypeScript, whoever starts the process.
      execArgv: ['--import', 'tsx'],
    })
    const running = { worker, counts: new Int32Array(counts), handedRows: 0, flushes: 0, stopped: () => {} }
    let cause: unknown = new Error('the thread ended')
    worker.unref()
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'page') this.pages.giveBack(message.buffer)
      else running.stopped()
    })
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => this.#ended(running, cause))
    this.#running = running
    for (const waiting of this.#waiting.splice(0)) this.#handOn(...waiting)
    return running
  }

  #ended(running: Running, cause: unknown): void {
    this.#running = null
    this.pages.forget()
    running.stopped()
    const mostLost = (running.handedRows - Atomics.load(running.counts, rowsSettled)) | 0
    const { level, output } = this.settings
    apiLogger(level, directOutput(output)).error(
      { err: cause, mostLost },
      'requests: the thread that logs died',
    )
    setTimeout(() => this.#running ?? this.#start(), restartAfterMs).unref()
  }

  #tick(): void {
    const lost = this.pages.hasRoom ? this.pages.takeLost() : 0
    if (lost > 0)
      this.log.warn({ lost, cause: 'the thread that logs was behind' }, 'requests: calls were not logged')
    this.pages.handOver()
  }

  #handOn(page: FactPage, rows: number): void {
    const running = this.#running
    if (running === null) {
      this.#waiting.push([page, rows])
      return
    }
    running.handedRows += rows
    this.#post(running, { kind: 'page', buffer: page.buffer, used: page.used }, [page.buffer])
  }

  #post({ worker }: Running, message: ToThread, transfer: ArrayBuffer[] = []): void {
    worker.postMessage(message, transfer)
  }
}

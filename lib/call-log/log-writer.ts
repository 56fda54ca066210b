import { type FactReader, type Form, readFacts } from './call-facts'
import type { CallRecord } from './call-record'
import { LineBatch } from './line-batch'
import { apiLogger } from './logger'
import type { Output } from './output'
import { RequestLog } from './request-log'

/** `output`: the descriptor of the file that lines go to. */
export type LogSettings = { level: string; databaseUrl: string; output: number }

/** Makes lines and rows of pages of facts; its own lines stand between them. */
export class LogWriter implements FactReader {
  readonly requestLog: RequestLog
  readonly #lines: LineBatch

  /** @param settled is told how many more rows are in the database, or were said to be lost */
  constructor(
    { level, databaseUrl }: Pick<LogSettings, 'level' | 'databaseUrl'>,
    output: Output,
    settled?: (rows: number) => void,
  ) {
    this.#lines = new LineBatch((batch) => output.write(batch))
    const log = apiLogger(level, { write: (line) => this.#writeNow(line) })
    this.requestLog = new RequestLog(databaseUrl, log, { settled })
  }

  take(written: Uint8Array): void {
    readFacts(written, this)
    this.#lines.flush()
  }

  call(call: CallRecord, form: Form): void {
    if (form !== 'row') this.#lines.append(call)
    if (form !== 'line') this.requestLog.record(call)
  }

  otherLine(line: string): void {
    this.#lines.write(line)
  }

  #writeNow(line: string): void {
    this.#lines.write(line)
    this.#lines.flush()
  }
}

import type postgres from 'postgres'
import { within } from '@/lib/within'
import type { Code } from './code'
import type { KeyEntry, Use } from './entries'
import type { Log } from './list-keeper'
import { NewestUses, type UsedCall } from './newest-uses'
import { acceptedPlace, refusedPlace, writerOf } from './use-rows'

const flushEveryMs = 5_000
const flushWithinMs = 10_000
const mostUses = 100_000
const rowsAtOnce = 2_000

/** What the owner of a service key reads of its last refused call; that it is unknown or malformed is nobody's. */
const refusals: ReadonlySet<Code> = new Set([
  'REVOKED',
  'EXPIRED',
  'DISABLED',
  'IP_DENIED',
  'INSUFFICIENT_ACCESS',
])

/**
 * Remembers who used which key from where and writes it off the path of the call: of an organization key the newest
 * use of each address, of a service key its newest use and its newest refusal. A database that is away costs
 * only time: what could not be written is tried again with the next batch. Only beyond `limit` waiting uses new ones
 * are lost, and counted.
 */
export class LastUsed {
  readonly #newest: NewestUses
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined

  constructor(
    readonly sql: () => postgres.Sql,
    readonly log: Log,
    limit = mostUses,
  ) {
    this.#newest = new NewestUses(limit)
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), flushEveryMs).unref()
  }

  /** Writes the rest. Resolves also when the database is away. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
    await this.flush()
    this.#reportLost('the database was away when the process ended', this.#newest.take().length)
  }

  /** Takes every call whose key is known, allowed or not. */
  record(key: KeyEntry, call: UsedCall): void {
    if (call.code === 'VALID')
      this.#newest.note(key, key.serviceUser === null ? call.address : acceptedPlace, call)
    else if (key.serviceUser !== null && refusals.has(call.code)) this.#newest.note(key, refusedPlace, call)
  }

  /** One batch at a time; a call during a running one waits for that one. */
  flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  async #write(): Promise<void> {
    const waiting = batchesOf(this.#newest.take())
    try {
      for (let batch = waiting[0]; batch !== undefined; batch = waiting[0]) {
        await within(flushWithinMs, batch.write(this.sql(), batch.uses), 'writing last uses')
        waiting.shift()
      }
      this.#reportLost('there was no room for more until the next batch')
    } catch (error) {
      const uses = waiting.flatMap((batch) => batch.uses)
      this.log.warn({ err: error, uses: uses.length }, 'last used: not written, will try again')
      for (const use of uses) this.#newest.giveBack(use)
    }
  }

  #reportLost(cause: string, unwritten = 0): void {
    const lost = this.#newest.takeLost() + unwritten
    if (lost > 0) this.log.warn({ lost, cause }, 'last used: uses were lost')
  }
}

/** Each goes to one table, and stays in the order of its uses. */
function batchesOf(uses: readonly Use[]): { write: ReturnType<typeof writerOf>; uses: Use[] }[] {
  return [...Map.groupBy(uses, writerOf)].flatMap(([write, ofTable]) =>
    Array.from({ length: Math.ceil(ofTable.length / rowsAtOnce) }, (_, index) => ({
      write,
      uses: ofTable.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
    })),
  )
}

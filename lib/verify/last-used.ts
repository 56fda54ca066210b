import type postgres from 'postgres'
import { within } from '@/lib/within'
import type { KeyEntry, Use } from './entries'
import type { Log } from './list-keeper'

const flushEveryMs = 5_000
const flushWithinMs = 10_000
const mostUses = 100_000
const rowsAtOnce = 2_000
const longestUserAgent = 256

/**
 * Remembers who used which key from where, the newest use of each pair, and writes it off the path of the call.
 * A database that is away costs nothing but time: what could not be written is tried again with the next batch.
 */
export class LastUsed {
  /** key id → address → newest use */
  #uses = new Map<string, Map<string, Use>>()
  #size = 0
  #batch = 0
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined

  constructor(
    readonly sql: () => postgres.Sql,
    readonly log: Log,
    readonly limit = mostUses,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), flushEveryMs).unref()
  }

  /** Writes the rest. Resolves also when the database is away. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
    await this.flush()
  }

  /** @param at milliseconds since 1970 */
  record(key: KeyEntry, address: string, userAgent: string, at: number): void {
    const known = key.lastUse
    if (known !== null && known.batch === this.#batch && known.address === address) {
      renew(known, userAgent, at)
    } else {
      key.lastUse = this.#note(key.id, key.organization.id, address, userAgent, at)
    }
  }

  /** One batch at a time; a call during a running one waits for that one. */
  flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined
    })
    return this.#flushing
  }

  #note(keyId: string, organizationId: string, address: string, userAgent: string, at: number): Use | null {
    const ofKey = this.#uses.get(keyId)
    const known = ofKey?.get(address)
    if (known !== undefined) return renew(known, userAgent, at)
    // Beyond the limit new pairs wait for the next batch: memory stays bounded, whatever the database does.
    if (this.#size >= this.limit) return null
    const use: Use = { keyId, organizationId, address, batch: this.#batch, userAgent, at }
    if (ofKey) ofKey.set(address, use)
    else this.#uses.set(keyId, new Map([[address, use]]))
    this.#size++
    return use
  }

  async #write(): Promise<void> {
    if (this.#size === 0) return
    const uses = [...this.#uses.values()].flatMap((ofKey) => [...ofKey.values()]).sort(byKeyAndAddress)
    this.#uses = new Map()
    this.#size = 0
    this.#batch++
    let written = 0
    try {
      for (; written < uses.length; written += rowsAtOnce) {
        const batch = uses.slice(written, written + rowsAtOnce)
        await within(flushWithinMs, upsertUses(this.sql(), batch), 'writing last uses')
      }
    } catch (error) {
      this.log.warn({ err: error, uses: uses.length - written }, 'last used: not written, will try again')
      for (const use of uses.slice(written)) {
        this.#note(use.keyId, use.organizationId, use.address, use.userAgent, use.at)
      }
    }
  }
}

function renew(use: Use, userAgent: string, at: number): Use {
  if (at >= use.at) {
    use.at = at
    use.userAgent = userAgent
  }
  return use
}

// The same order in every process, so that two batches never wait for each other in a circle.
function byKeyAndAddress(a: Use, b: Use): number {
  return compare(a.keyId, b.keyId) || compare(a.address, b.address)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

async function upsertUses(sql: postgres.Sql, uses: readonly Use[]): Promise<void> {
  const rows = uses.map((use) => ({ ...use, userAgent: use.userAgent.slice(0, longestUserAgent) }))
  await sql`
    insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
    select "keyId", "organizationId", address, "userAgent", to_timestamp(at / 1000)
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as t ("keyId" text, "organizationId" text, address text, "userAgent" text, at float8)
    on conflict (key_id, address) do update
      set user_agent = excluded.user_agent, last_used_at = excluded.last_used_at
      where excluded.last_used_at > key_uses.last_used_at`
}

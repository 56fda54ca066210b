import type { Code } from './code'
import type { KeyEntry, Use } from './entries'

/** `at`: milliseconds since 1970. */
export type UsedCall = {
  readonly code: Code
  readonly address: string
  readonly userAgent: string
  readonly at: number
}

const longestUserAgent = 256

/** Holds the newest use of each key and place that no batch has taken yet, at most `limit` of them: beyond, more are lost, and counted. */
export class NewestUses {
  /** key id → place → newest use */
  #uses = new Map<string, Map<string, Use>>()
  #size = 0
  #batch = 0
  #lost = 0

  constructor(readonly limit: number) {}

  note(key: KeyEntry, place: string, call: UsedCall): void {
    const known = key.lastUse
    if (known !== null && known.batch === this.#batch && known.place === place) renew(known, call)
    else key.lastUse = this.#put(key.id, key.organization.id, place, call)
  }

  giveBack(use: Use): void {
    this.#put(use.keyId, use.organizationId, use.place, use)
  }

  /** Uses that found no room since the last time that it was asked for. */
  takeLost(): number {
    const lost = this.#lost
    this.#lost = 0
    return lost
  }

  /** All of them, in the same order in every process, so that two batches never wait for each other in a circle. */
  take(): Use[] {
    const uses = [...this.#uses.values()].flatMap((ofKey) => [...ofKey.values()])
    this.#uses = new Map()
    this.#size = 0
    this.#batch++
    return uses.sort((a, b) => compare(a.keyId, b.keyId) || compare(a.place, b.place))
  }

  #put(keyId: string, organizationId: string, place: string, call: UsedCall): Use | null {
    const ofKey = this.#uses.get(keyId)
    const known = ofKey?.get(place)
    if (known !== undefined) return renew(known, call)
    // Memory stays bounded, whatever the database does.
    if (this.#size >= this.limit) {
      this.#lost++
      return null
    }
    const { code, address, userAgent, at } = call
    const batch = this.#batch
    const use = { keyId, organizationId, place, batch, code, address, userAgent: bounded(userAgent), at }
    if (ofKey) ofKey.set(place, use)
    else this.#uses.set(keyId, new Map([[place, use]]))
    this.#size++
    return use
  }
}

function renew(use: Use, { code, address, userAgent, at }: UsedCall): Use {
  if (at >= use.at) {
    use.at = at
    use.code = code
    use.address = address
    use.userAgent = bounded(userAgent)
  }
  return use
}

/** Copied, because a part of a text keeps all of it in memory. */
function bounded(userAgent: string): string {
  if (userAgent.length <= longestUserAgent) return userAgent
  return Buffer.from(userAgent.slice(0, longestUserAgent)).toString()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

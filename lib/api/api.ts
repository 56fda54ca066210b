import type { Logger } from 'pino'
import type { CallRecord } from '@/lib/call-log/call-record'
import type { MasterKey } from '@/lib/keys/seal'
import type { AddressRanges } from '@/lib/network/address-ranges'
import type { LastUsed } from '@/lib/verify/last-used'
import type { Recognizer } from '@/lib/verify/recognizer'
import type { ListSource } from '@/lib/verify/verifier'

/** What answering a request needs; one per process. */
export type Api = {
  readonly source: ListSource
  readonly recognizer: Recognizer
  readonly lastUsed: Pick<LastUsed, 'record'>
  readonly log: Logger
  /** `line` takes every call, `row` those with a key that are no probes; null when nobody wants it. */
  readonly line: ((call: CallRecord) => void) | null
  readonly row: ((call: CallRecord) => void) | null
  readonly trustedProxies: AddressRanges
  readonly masterKeys: readonly MasterKey[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Set on the way out: not ready, and connections end with their answer. */
  draining: boolean
}

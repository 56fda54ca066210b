import type { Logger } from 'pino'
import type { CallLog } from '@/lib/call-log/call-log'
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
  /** Null when nobody wants to keep anything of a call. */
  readonly calls: CallLog | null
  readonly trustedProxies: AddressRanges
  readonly masterKeys: readonly MasterKey[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Set on the way out: not ready, and connections end with their answer. */
  draining: boolean
}

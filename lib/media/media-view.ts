import type { LimitDecision } from './decision'
import type { MediaLimitFacts } from './limit'

/** A request that waits for support. Moments are ISO 8601 texts in UTC. */
export type OpenLimitRequest = { wantedBytes: number; reason: string; createdAt: string; createdBy: string }

/** What support decided: a change of the limit by itself, or the answer to a request. */
export type SupportDecision = {
  id: string
  kind: 'changed' | Exclude<LimitDecision, 'open'>
  at: string
  by: string
  reason: string
  /** Null when it was declined. */
  bytes: number | null
  /** When the limit falls back by itself. Null: it stays. */
  endsAt: string | null
  /** Null without a request. */
  wantedBytes: number | null
}

/** What an admin's browser may see of the organization's media. */
export type MediaView = {
  limit: MediaLimitFacts
  files: number
  totalBytes: number
  openRequest: OpenLimitRequest | null
  /** Newest first. */
  decisions: SupportDecision[]
  now: string
}

import { type Outcome, outcomeOf } from './outcome'

export type RequestRow = {
  /** ISO 8601 in UTC with microseconds. */
  exact_at: string
  id: string
  key_id: string | null
  code: string
  status: number
  method: string
  path: string
  address: string
  duration_us: number
  customer_request_id: string | null
}

/** What an organization may see of a call of its own. `at` is ISO 8601 in UTC. */
export type RequestView = {
  id: string
  at: string
  keyId: string | null
  outcome: Outcome
  /** The exact reason, which the caller itself was not told. */
  code: string
  status: number
  method: string
  path: string
  address: string
  durationMs: number
  customerRequestId: string | null
}

export function viewRequest(row: RequestRow): RequestView {
  return {
    id: row.id,
    at: `${row.exact_at.slice(0, 23)}Z`,
    keyId: row.key_id,
    outcome: outcomeOf(row.status),
    code: row.code,
    status: row.status,
    method: row.method,
    path: row.path,
    address: row.address,
    durationMs: row.duration_us / 1_000,
    customerRequestId: row.customer_request_id,
  }
}

import { authenticate, type Caller } from './authenticate'
import type { Exchange } from './exchange'
import { needsFullAccess, type Problem } from './problem'

/** As `authenticate`, for what takes a key that may do everything, whatever the method of the call is. */
export function authenticateFull(
  exchange: Exchange,
  field?: unknown,
): Caller | { key: null; problem: Problem } {
  // A method that nobody named may be any.
  const caller = authenticate(exchange, null, field)
  return caller.problem?.code === needsFullAccess.code ? { key: null, problem: needsFullAccess } : caller
}

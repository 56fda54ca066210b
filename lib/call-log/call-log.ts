import { asLine, asRow } from './call-facts'
import type { CallRecord } from './call-record'
import type { FactPages } from './fact-pages'

/** Takes each call of the API, for its line and, where `isForRow`, for its row. */
export type CallLog = { record(call: CallRecord, isForRow: boolean): void }

/** Null when nobody wants to keep anything of a call. */
export function callLog(
  pages: Pick<FactPages, 'record'>,
  wants: { lines: boolean; rows: boolean },
): CallLog | null {
  if (!wants.lines && !wants.rows) return null
  const line = wants.lines ? asLine : 0
  const row = wants.rows ? asRow : 0
  return {
    record(call, isForRow) {
      const wanted = isForRow ? line | row : line
      if (wanted !== 0) pages.record(call, wanted)
    },
  }
}

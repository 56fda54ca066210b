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
  return {
    record(call, isForRow) {
      if (isForRow && wants.rows) pages.record(call, wants.lines ? 'both' : 'row')
      else if (wants.lines) pages.record(call, 'line')
    },
  }
}

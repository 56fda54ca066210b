import { type CallingKey, type CallRecord, longestPath, longestWord } from './call-record'
import { FactCursor, type FactPage } from './fact-page'
import { durationOf } from './fragments'

/** What a call is to become. */
export type Form = 'line' | 'row' | 'both'

const bitsOf = { line: 1, row: 2, both: 3 } as const satisfies Record<Form, number>
const hasKey = 4
const hasCustomerRequestId = 8
/** In the place of the above, before a line that is about something else. */
const otherLine = 0

/** Room that the facts of one call take at most. */
export const longestFactsBytes = 4_096

/** Room that any other line takes at most: a UTF-16 unit takes three bytes of UTF-8. */
export function lineFactsBytes(line: string): number {
  return 5 + 3 * line.length
}

/** `page` has room for it. */
export function appendCall(page: FactPage, call: CallRecord, form: Form): void {
  const { key, customerRequestId } = call
  page.byte(
    bitsOf[form] | (key === null ? 0 : hasKey) | (customerRequestId === null ? 0 : hasCustomerRequestId),
  )
  page.float64(call.at)
  page.uint32(durationOf(call))
  page.uint32(call.status)
  page.text(call.id, longestWord)
  if (key !== null) {
    page.text(key.id, longestWord)
    page.text(key.organization.id, longestWord)
  }
  if (customerRequestId !== null) page.text(customerRequestId, longestPath)
  page.text(call.code, longestWord)
  page.text(call.method, longestWord)
  page.text(call.path, longestPath)
  page.text(call.address, longestWord)
}

/** Any other line, which ends with a line feed. `page` has room for it. */
export function appendOtherLine(page: FactPage, line: string): void {
  const bytes = Buffer.from(line)
  page.byte(otherLine)
  page.uint32(bytes.length)
  page.raw(bytes)
}

export type FactReader = {
  call(call: CallRecord, form: Form): void
  otherLine(line: string): void
}

/** Tells `reader` everything that was written to a page, in that order. */
export function readFacts(written: Uint8Array, reader: FactReader): void {
  const facts = new FactCursor(written)
  while (!facts.isAtEnd) {
    const flags = facts.byte()
    if (flags === otherLine) reader.otherLine(facts.utf8(facts.uint32()))
    else reader.call(callOf(facts, flags), formOf(flags))
  }
}

function formOf(flags: number): Form {
  const bits = flags & bitsOf.both
  if (bits === bitsOf.both) return 'both'
  return bits === bitsOf.line ? 'line' : 'row'
}

// In the order in which `appendCall` writes them.
function callOf(facts: FactCursor, flags: number): CallRecord {
  const at = facts.float64()
  const durationUs = facts.uint32()
  const status = facts.uint32()
  const id = facts.text()
  const key = flags & hasKey ? keyOf(facts.text(), facts.text()) : null
  const customerRequestId = flags & hasCustomerRequestId ? facts.text() : null
  const code = facts.text()
  const method = facts.text()
  const path = facts.text()
  const address = facts.text()
  return { at, id, customerRequestId, key, code, status, method, path, address, durationUs }
}

const mostKeys = 10_000
const keys = new Map<string, CallingKey>()

/** The same object for the same key, as long as there are not too many. */
function keyOf(id: string, organizationId: string): CallingKey {
  const known = keys.get(id)
  if (known !== undefined && known.organization.id === organizationId) return known
  if (keys.size >= mostKeys) keys.clear()
  const key = { id, organization: { id: organizationId } }
  keys.set(id, key)
  return key
}

import type { BytePage } from './byte-page'
import { type CallRecord, longestPath, longestWord } from './call-record'
import { durationOf, Fragments } from './fragments'

/** The columns of a row, in the order in which `appendRow` writes them. */
export const rowColumns =
  'at, id, organization_id, key_id, code, status, method, path, address, duration_us, customer_request_id'

const fragments = new Fragments(
  (second) => new Date(second * 1000).toISOString().slice(0, 20),
  (key) => `\t${key.organization.id}\t${key.id}\t`,
)

/** The row of a call as Postgres reads it with COPY (text format). `page` has room for it. */
export function appendRow(page: BytePage, call: CallRecord): void {
  page.raw(fragments.ofSecond(call.at))
  page.digits(call.at % 1000, 3)
  page.ascii('Z\t')
  page.ascii(call.id)
  if (call.key === null) page.ascii('\t\\N\t\\N\t')
  else page.raw(fragments.ofKey(call.key))
  page.ascii(call.code)
  page.ascii('\t')
  page.digits(call.status)
  page.ascii('\t')
  appendText(page, call.method, longestWord)
  page.ascii('\t')
  appendText(page, call.path)
  page.ascii('\t')
  appendText(page, call.address, longestWord)
  page.ascii('\t')
  page.digits(durationOf(call))
  if (call.customerRequestId === null) page.ascii('\t\\N\n')
  else {
    page.ascii('\t')
    appendText(page, call.customerRequestId)
    page.ascii('\n')
  }
}

function appendText(page: BytePage, text: string, longest = longestPath): void {
  const bounded = text.length > longest ? text.slice(0, longest) : text
  if (!page.plain(bounded)) page.utf8(copyText(bounded))
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\ufffd',
}

/** What COPY would take for its own is escaped; what text in Postgres cannot hold becomes U+FFFD. */
function copyText(text: string): string {
  return text.toWellFormed().replace(/[\\\t\n\r\0]/g, (unit) => escapes[unit] ?? '')
}

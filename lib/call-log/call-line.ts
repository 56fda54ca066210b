import type { BytePage } from './byte-page'
import { type CallRecord, longestPath, longestWord } from './call-record'
import { durationOf, Fragments } from './fragments'

const fragments = new Fragments(
  (second) => `{"level":30,"time":${second}`,
  (key) => `","keyId":"${key.id}","organizationId":"${key.organization.id}","code":"`,
)
const beforeId = Buffer.from(',"service":"api","requestId":"')
const beforeDuration = Buffer.from('","durationUs":')
const end = Buffer.from(',"msg":"request"}\n')

/**
 * The log line of a call, in the form of the other log lines: one line of ASCII that parses as JSON, whatever comes
 * from outside. `page` has room for it.
 */
export function appendLine(page: BytePage, call: CallRecord): void {
  page.raw(fragments.ofSecond(call.at))
  page.digits(call.at % 1000, 3)
  page.raw(beforeId)
  page.ascii(call.id)
  if (call.customerRequestId !== null) {
    page.ascii('","customerRequestId":"')
    appendText(page, call.customerRequestId)
  }
  if (call.key === null) page.ascii('","code":"')
  else page.raw(fragments.ofKey(call.key))
  page.ascii(call.code)
  page.ascii('","status":')
  page.digits(call.status)
  page.ascii(',"method":"')
  appendText(page, call.method, longestWord)
  page.ascii('","path":"')
  appendText(page, call.path)
  page.ascii('","address":"')
  appendText(page, call.address, longestWord)
  page.raw(beforeDuration)
  page.digits(durationOf(call))
  page.raw(end)
}

function appendText(page: BytePage, text: string, longest = longestPath): void {
  const bounded = text.length > longest ? text.slice(0, longest) : text
  if (!page.plain(bounded)) page.ascii(jsonAscii(bounded))
}

/** The text as it stands between the quotes of JSON, all ASCII. */
function jsonAscii(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

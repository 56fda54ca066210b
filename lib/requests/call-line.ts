import type { BytePage } from './byte-page'
import { type CallRecord, longestPath, longestWord } from './call-record'

/**
 * The log line of a call, in the form of the other log lines: one line of ASCII that parses as JSON, whatever comes
 * from outside. `page` has room for it.
 */
export function appendLine(page: BytePage, call: CallRecord): void {
  page.ascii('{"level":30,"time":')
  page.digits(call.at)
  page.ascii(',"service":"api","requestId":"')
  page.ascii(call.id)
  if (call.customerRequestId !== null) {
    page.ascii('","customerRequestId":"')
    appendText(page, call.customerRequestId)
  }
  if (call.keyId !== null) {
    page.ascii('","keyId":"')
    page.ascii(call.keyId)
    page.ascii('","organizationId":"')
    page.ascii(call.organizationId ?? '')
  }
  page.ascii('","code":"')
  page.ascii(call.code)
  page.ascii('","status":')
  page.digits(call.status)
  page.ascii(',"method":"')
  appendText(page, call.method, longestWord)
  page.ascii('","path":"')
  appendText(page, call.path)
  page.ascii('","address":"')
  appendText(page, call.address, longestWord)
  page.ascii('","durationUs":')
  page.digits(call.durationUs)
  page.ascii(',"msg":"request"}\n')
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

import { doorWords } from '@/components/refusals'
import { type HeaderNameFault, longestHeaderName, type ReservedGroup } from '@/lib/settings/request-id-header'

type Refused = { ok: false; reason: string; details?: unknown } | null

/** Words for what the verbs of General may refuse; `wanted` is what the person tried to save. */
export function generalWords(refusal: Refused, wanted: string): string {
  switch (refusal?.reason) {
    case 'changed-meanwhile': {
      const { current, by } = refusal.details as { current: string; by: string | null }
      return `${by ?? 'Another admin'} changed this to ${current} in the meantime. Save again if it shall be ${wanted} instead.`
    }
    case 'unknown-time-zone':
      return 'The API does not know this time zone. Choose another one.'
    case 'bad-header-name':
      return headerNameWords(refusal.details as HeaderNameFault, wanted)
    case 'invalid-input':
      return (
        Object.values((refusal.details as { fields: Record<string, string> }).fields)[0] ?? doorWords(refusal)
      )
    default:
      return doorWords(refusal)
  }
}

const reservedFor: Record<ReservedGroup, string> = {
  credential: 'carries keys, cookies or other credentials',
  routing: 'says which host is called',
  connection: 'belongs to the connection and does not get past the next proxy',
  forwarding: 'tells where a call came from, and proxies rewrite it',
  content: 'describes the content of a request',
  browser: 'is set by browsers themselves',
  gateway: 'tells services behind a gateway which key was used',
  answer: 'is written by the API in its own answers',
  order: 'tells proxies or browsers what to do with an answer',
}

/** Each rule has its own sentence, which says what to do. */
export function headerNameWords(fault: HeaderNameFault, name: string): string {
  switch (fault.rule) {
    case 'empty':
      return 'Enter a name, such as X-Correlation-Id.'
    case 'too-long':
      return `This name has ${fault.length} characters. Use ${longestHeaderName} at most.`
    case 'not-a-token':
      return `A header name cannot contain ${characterText(fault.character)}. Use letters, digits and hyphens.`
    case 'reserved':
      return `${name} ${reservedFor[fault.group]}. Choose a name of your own, such as X-Correlation-Id.`
  }
}

/** A character so that it can be read, also where it leaves no ink. */
export function characterText(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  if (character === ' ') return 'a space'
  if (character === '\t') return 'a tab'
  if (character === '\r' || character === '\n') return `a line break (${code})`
  if (/[\p{Z}]/u.test(character)) return `a blank (${code})`
  if (/[\p{C}\p{M}]/u.test(character)) return `an invisible character (${code})`
  return /^[\x20-\x7e]$/.test(character) ? `“${character}”` : `“${character}” (${code})`
}

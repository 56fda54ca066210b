/** How every token begins. A Secret's payload counts by itself, because the API key is in it. */
const tokenStarts = [
  'kt_org_',
  'kt_svc_',
  encodedStart('{"alg":"EdDSA","typ":"keyturn-secret+jwt","kid":"'),
  encodedStart('{"client_id":"org_'),
]
/** One decoding takes `%25255f` for what it is in the end; what still holds a percent sign then was mixed by hand. */
const mostDecodings = 3

/** Whether a text holds one of our tokens, percent-encoded, however often, or not; such a text is refused and never logged. */
export function holdsToken(text: string): boolean {
  let rest = text
  for (let decodings = 0; rest !== ''; decodings++) {
    if (holdsPlainToken(rest)) return true
    if (decodings === mostDecodings || !rest.includes('%')) return false
    rest = lenientlyDecoded(rest)
  }
  return false
}

function holdsPlainToken(text: string): boolean {
  return tokenStarts.some((start) => text.includes(start))
}

function lenientlyDecoded(text: string): string {
  return text.replace(/%(?:25)*([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

// Only whole groups of three bytes keep their spelling whatever follows them.
function encodedStart(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64url')
}

/** Where the API looks for the customer's id of a request until the organization names another header. */
export const defaultRequestIdHeader = 'X-Customer-Request-Id'

export const longestHeaderName = 64

/** Why a name cannot be the header's; `group` says what a reserved name is there for. */
export type HeaderNameFault =
  | { rule: 'empty' }
  | { rule: 'too-long'; length: number }
  | { rule: 'not-a-token'; character: string }
  | { rule: 'reserved'; group: ReservedGroup }

export type ReservedGroup =
  | 'credential'
  | 'routing'
  | 'connection'
  | 'forwarding'
  | 'content'
  | 'browser'
  | 'gateway'
  | 'answer'
  | 'order'

const reserved: Record<ReservedGroup, RegExp> = {
  credential:
    /^(authorization|proxy-.*|x-api-key|cookie2?|set-cookie2?|www-authenticate|authentication-info)$/,
  routing: /^(host|:.*)$/,
  connection:
    /^(connection|keep-alive|te|trailers?|transfer-encoding|upgrade|expect|via|max-forwards|http2-settings)$/,
  forwarding:
    /^(forwarded|x-forwarded.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-original-.*|x-rewrite-url)$/,
  content: /^(content-.*|accept.*|range|if-.*)$/,
  browser: /^(sec-.*|origin|referer|user-agent|dnt|access-control-.*)$/,
  gateway:
    /^(x-org-id|x-key-.*|x-service-user.*|x-access-level|x-date-time-format|x-media-limit-bytes|x-keyturn-.*)$/,
  answer:
    /^(x-request-id|date|server|cache-control|pragma|age|etag|expires|idempotency-replayed|vary|allow|location|link|retry-after|ratelimit.*|deprecation|sunset|x-content-type-options|x-frame-options|referrer-policy|strict-transport-security|cross-origin-.*|permissions-policy|last-modified)$/,
  // What a caller sends would come back as one: nginx would serve any file of its own, Envoy take the API for ill.
  order:
    /^(x-accel-.*|x-sendfile.*|x-lighttpd-.*|x-litespeed-.*|x-envoy-.*|status|surrogate-.*|.*cdn-cache-control|alt-svc|refresh|clear-site-data|report-to|reporting-endpoints|nel|(x-)?sourcemap|service-worker-allowed|timing-allow-origin|x-xss-protection|origin-agent-cluster|speculation-rules)$/,
}

/**
 * The rule that `name` breaks, or null: an RFC 9110 token of at most 64 characters that is not spoken for
 * (SECURITY.md, Input and output). Names are compared without regard to case, and `_` counts as `-`, because some
 * servers read the one as the other.
 */
export function headerNameFault(name: string): HeaderNameFault | null {
  if (name === '') return { rule: 'empty' }
  if (name.length > longestHeaderName) return { rule: 'too-long', length: name.length }
  const wrong = /[^!#$%&'*+.^_`|~0-9A-Za-z-]/u.exec(name)?.[0]
  if (wrong !== undefined) return { rule: 'not-a-token', character: wrong }
  const canonical = name.toLowerCase().replaceAll('_', '-')
  for (const [group, names] of Object.entries(reserved))
    if (names.test(canonical)) return { rule: 'reserved', group: group as ReservedGroup }
  return null
}

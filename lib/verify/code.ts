/** The closed set of answers (CONTRACT.md, One decision). */
export type Code =
  | 'VALID'
  | 'MALFORMED'
  | 'NOT_FOUND'
  | 'EXPIRED'
  | 'REVOKED'
  | 'DISABLED'
  | 'IP_DENIED'
  | 'INSUFFICIENT_ACCESS'
  | 'RATE_LIMITED'

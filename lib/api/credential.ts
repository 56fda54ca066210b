import type { CallHeaders } from './call-headers'

/** The token of a call: none, one, or several that differ, of which none may be picked. */
export type Presented = { token: string; conflict: false } | { token: null; conflict: boolean }

const none: Presented = { token: null, conflict: false }
const conflict: Presented = { token: null, conflict: true }

/** Reads `Authorization: Bearer <token>` and `X-Api-Key: <token>`; the same token in both is one (CONTRACT.md, Credentials). */
export function presentedToken({
  authorization,
  apiKey,
}: Pick<CallHeaders, 'authorization' | 'apiKey'>): Presented {
  if (typeof authorization === 'string' && apiKey === null) {
    const token = bearerToken(authorization)
    return token === null ? none : { token, conflict: false }
  }
  const tokens = [
    ...all(authorization)
      .map(bearerToken)
      .filter((token) => token !== null),
    ...all(apiKey),
  ]
  const [first] = tokens
  if (first === undefined) return none
  return tokens.every((token) => token === first) ? { token: first, conflict: false } : conflict
}

// The scheme's name is case-insensitive (RFC 9110, 11.1); other schemes are not a credential for this API.
function bearerToken(value: string): string | null {
  const isBearer = value.startsWith('Bearer ') || value.slice(0, 7).toLowerCase() === 'bearer '
  return isBearer ? value.slice(7).trim() : null
}

function all(value: string[] | string | null): string[] {
  return value === null ? [] : typeof value === 'string' ? [value] : value
}

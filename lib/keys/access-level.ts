/** What a key may do, from the least to the most (CONTRACT.md, One decision). */
export const accessLevels = ['read', 'read-write', 'full'] as const
export type AccessLevel = (typeof accessLevels)[number]

export const accessLevelNames: Record<AccessLevel, string> = {
  read: 'Read',
  'read-write': 'Read and write',
  full: 'Full',
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const writing = new Set([...reading, 'POST', 'PUT', 'PATCH'])

/**
 * Whether a key of that level may make a call of that method. Methods are compared as they are written (RFC 9110,
 * 9.1); null: nobody said which, so only what may do everything may do it.
 */
export function mayCall(level: AccessLevel, method: string | null): boolean {
  if (level === 'full') return true
  return method !== null && (level === 'read' ? reading : writing).has(method)
}

/** Whether `level` has all that `other` has. */
export function reaches(level: AccessLevel, other: AccessLevel): boolean {
  return accessLevels.indexOf(level) >= accessLevels.indexOf(other)
}

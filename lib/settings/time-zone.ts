/**
 * The name under which a time zone is kept, or null when there is none of that name. Two names of one zone become
 * the same; offsets such as "+05:00", which `Intl` takes as well, are no zone to those who read the name elsewhere.
 */
export function knownTimeZone(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return /^[A-Z]/.test(timeZone) ? timeZone : null
  } catch {
    return null
  }
}

/** The pattern with which ILIKE finds a text anywhere; what has a meaning in patterns stands for itself. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

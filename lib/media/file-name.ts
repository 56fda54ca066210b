export const longestFileName = 255

// Control characters, line ends, and marks that turn the direction of text ("gnp.exe" shown as "exe.png").
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u

/** Why a text cannot name a file, in words that follow its member's name; null when it can. */
export function fileNameFault(name: string): string | null {
  if (name.trim() === '') return 'must not be empty'
  if ([...name].length > longestFileName) return `must have at most ${longestFileName} characters`
  if (!name.isWellFormed() || unseen.test(name)) return 'must not hold control characters'
  if (/[/\\]/.test(name)) return 'must be a name without a path'
  if (name === '.' || name === '..') return 'must name a file, not a folder'
  return null
}

/**
 * The value of a Content-Disposition that saves a file under its name (RFC 6266): a spelling in ASCII for old
 * clients, and the real one (RFC 8187), in which everything but letters, digits and five marks is percent-encoded.
 */
export function asAttachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["%\\]/gu, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

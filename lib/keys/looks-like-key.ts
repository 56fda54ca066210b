/** A text as it looks: other forms of the same letters folded into one, and what cannot be seen dropped. */
export function asItLooks(text: string): string {
  return text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}

const beginning = /kt[\W_]*(?:svc|org)[\W_]|(?:svc|org)_[0-9A-Za-z]{4,}|eyJ[\w-]{5,}/i
const longRun = /[0-9A-Za-z]{30,}/g
const hex = /^[0-9a-f]+$/i

/**
 * Whether a text may be a key or a Secret, or a piece of one that was copied badly: for what is searched for, where
 * a false alarm costs less than a key that leaves the browser. A digest in hex is none. Needs no Node.
 */
export function looksLikeKey(text: string): boolean {
  const seen = asItLooks(text)
  return beginning.test(seen) || (seen.match(longRun) ?? []).some((run) => !hex.test(run))
}

/** Whether a text holds a key or a Secret as it is written, where ids of any length are at home too. */
export function holdsKeyText(text: string): boolean {
  return /kt_(?:svc|org)_|eyJ[\w-]{20}/.test(text)
}

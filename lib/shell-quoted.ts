/** The text as one argument of a POSIX shell, whatever is in it: names of headers may hold quotes, `$` and `!`. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

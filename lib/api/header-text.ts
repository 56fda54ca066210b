/**
 * A name as the value of a header: what is not printable ASCII, `%` itself and a blank at either end become
 * percent-encoded UTF-8, so that decoding always gives the name back and no name can end the line.
 */
export function headerText(name: string): string {
  return name.replace(/[^\x20-\x24\x26-\x7e]+|%|^ | $/g, encoded)
}

// A surrogate without its other half has no encoding in UTF-8.
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

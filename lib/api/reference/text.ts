import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

/** A text whose parts in backticks are code; everything in it is escaped. */
export function prose(text: string): Html {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))
  return html`${parts}`
}

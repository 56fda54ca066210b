/** One message to one recipient. */
export type Mail = { to: string; subject: string; text: string; html: string }

type Content = {
  subject: string
  heading: string
  paragraphs: string[]
  code?: string
  /** Where to go from the mail; always an address of the console's own. */
  link?: { text: string; url: string }
}

/** A mail in text and HTML out of one content; everything is escaped here and nowhere else. Pure. */
export function writeMail({ subject, heading, paragraphs, code, link }: Content): Omit<Mail, 'to'> {
  const text = [
    heading,
    ...(code ? [code] : []),
    // As HTML shows it: what a person wrote must not begin a paragraph of its own and pass for ours.
    ...paragraphs.map((paragraph) => paragraph.replace(/\s+/g, ' ')),
    ...(link ? [`${link.text}: ${link.url}`] : []),
    'Keyturn',
  ].join('\n\n')
  const body = [
    `<h1 style="font-size:18px;line-height:26px;margin:0 0 16px">${escapeHtml(heading)}</h1>`,
    ...(code
      ? [
          `<p style="font:600 32px/40px ui-monospace,monospace;letter-spacing:6px;margin:0 0 16px">${escapeHtml(code)}</p>`,
        ]
      : []),
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 12px">${escapeHtml(paragraph)}</p>`),
    ...(link
      ? [`<p style="margin:0 0 12px"><a href="${escapeHtml(link.url)}">${escapeHtml(link.text)}</a></p>`]
      : []),
  ].join('\n')
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="font:15px/24px system-ui,sans-serif;max-width:480px;margin:32px auto;padding:0 16px">
${body}
<p style="margin:24px 0 0;opacity:.7">Keyturn</p>
</body></html>`
  return { subject: oneLine(subject), text, html }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A subject is a header: a line break in a name must not begin another one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

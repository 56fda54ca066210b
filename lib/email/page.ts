export type MailContent = {
  subject: string
  /** What a list of mails shows beside the subject; without one it is the beginning of the text. */
  preheader?: string | undefined
  heading: string
  code?: string
  paragraphs: readonly string[]
  facts?: readonly { label: string; value: string }[]
  /** Where to go from the mail; always an address of the console's own. */
  link?: { text: string; url: string }
  /** What stands small at the end, such as why one gets this. */
  footer?: readonly string[]
}

/**
 * The HTML of a mail; everything is escaped here and nowhere else. Colours stand at each element for light, which is
 * all that some programs read; those that know dark take it from the style sheet.
 */
export function mailPage({
  subject,
  preheader,
  heading,
  code,
  paragraphs,
  facts = [],
  link,
  footer = [],
}: MailContent): string {
  const body = [
    `<h1 class="ink" style="font-size:20px;line-height:28px;margin:0 0 16px;color:${light.ink};overflow-wrap:anywhere">${escapeHtml(heading)}</h1>`,
    ...(code
      ? [
          `<p class="ink" style="font:600 32px/40px ui-monospace,monospace;letter-spacing:6px;margin:0 0 16px;color:${light.ink}">${escapeHtml(code)}</p>`,
        ]
      : []),
    ...paragraphs.map(
      (text) =>
        `<p class="ink" style="margin:0 0 12px;color:${light.ink};overflow-wrap:anywhere">${escapeHtml(text)}</p>`,
    ),
    ...(facts.length > 0 ? [factTable(facts)] : []),
    ...(link ? [button(link)] : []),
  ]
  const small = [...footer, 'Keyturn'].map(
    (text) =>
      `<p class="muted" style="margin:0 0 4px;color:${light.muted};overflow-wrap:anywhere">${escapeHtml(text)}</p>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(subject)}</title>
<style>${styleSheet}</style></head>
<body class="canvas" style="margin:0;padding:24px 12px;background:${light.canvas};font:15px/24px system-ui,-apple-system,'Segoe UI',sans-serif">
${preheader ? `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>\n` : ''}<div class="surface" style="max-width:536px;margin:0 auto;padding:24px;background:${light.surface};border:1px solid ${light.line};border-radius:12px">
${body.join('\n')}
</div>
<div style="max-width:536px;margin:0 auto;padding:16px 24px 0;font-size:13px;line-height:20px">
${small.join('\n')}
</div>
</body></html>`
}

function factTable(facts: readonly { label: string; value: string }[]): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th class="muted line" scope="row" style="${cell};padding-right:16px;width:34%;text-align:left;font-weight:400;overflow-wrap:normal;color:${light.muted}">${escapeHtml(label)}</th><td class="ink line" style="${cell};color:${light.ink}">${escapeHtml(value)}</td></tr>`,
  )
  return `<table class="line" style="width:100%;margin:20px 0;border-collapse:collapse;border-bottom:1px solid ${light.line};font-size:14px;line-height:20px">
${rows.join('\n')}
</table>`
}

/** The address stands beneath it too, for whoever wants to see where a button leads. */
function button({ text, url }: { text: string; url: string }): string {
  const href = escapeHtml(url)
  return `<p style="margin:20px 0 8px"><a class="button" href="${href}" style="display:inline-block;padding:8px 16px;border-radius:8px;background:${light.accent};color:${light.onAccent};font-weight:600;text-decoration:none">${escapeHtml(text)}</a></p>
<p class="muted" style="margin:0;font-size:13px;line-height:20px;color:${light.muted};overflow-wrap:anywhere">${href}</p>`
}

const light = {
  canvas: '#f4f4f5',
  surface: '#ffffff',
  line: '#e4e4e7',
  ink: '#18181b',
  muted: '#5b5b66',
  accent: '#4338ca',
  onAccent: '#ffffff',
}

const cell = `padding:8px 0;border-top:1px solid ${light.line};vertical-align:top;overflow-wrap:anywhere`

const styleSheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.canvas{background:#0b0b0d!important}.surface{background:#131316!important;border-color:#2a2a30!important}.line{border-color:#2a2a30!important}.ink{color:#f4f4f5!important}.muted{color:#a1a1ac!important}.button{background:#4f46e5!important;color:#ffffff!important}}`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

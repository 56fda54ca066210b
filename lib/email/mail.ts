import { type MailContent, mailPage } from './page'

/** One message to one recipient. */
export type Mail = { to: string; subject: string; text: string; html: string }

/** A mail in text and HTML out of one content. Pure. */
export function writeMail(given: MailContent): Omit<Mail, 'to'> {
  const content = plainContent(given)
  const { subject, heading, code, paragraphs, facts, link, footer } = content
  const text = [
    heading,
    ...(code ? [code] : []),
    ...paragraphs,
    ...(facts?.length ? [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
    ...(link ? [`${link.text}: ${link.url}`] : []),
    ...(footer?.length ? [footer.join('\n')] : []),
    'Keyturn',
  ].join('\n\n')
  return { subject, text, html: mailPage(content) }
}

/** What a person or a program wrote must not begin a line of its own, nor turn the direction, and pass for ours. */
function plainContent({ link, ...content }: MailContent): MailContent {
  return {
    ...content,
    // Whoever reads a header decodes what looks like an encoded word (RFC 2047), line breaks and all.
    subject: plain(content.subject).replaceAll('=?', '= ?'),
    preheader: content.preheader && plain(content.preheader),
    heading: plain(content.heading),
    paragraphs: content.paragraphs.map(plain),
    facts: content.facts?.map(({ label, value }) => ({ label: plain(label), value: plain(value) })) ?? [],
    ...(link ? { link: { text: plain(link.text), url: link.url } } : {}),
    footer: content.footer?.map(plain) ?? [],
  }
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

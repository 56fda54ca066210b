import { openPath } from '@/lib/console-link'
import { type Mail, writeMail } from '@/lib/email/mail'
import { exactMomentText, momentText } from '@/lib/moment-text'
import { audienceText } from '@/lib/notices/audience'
import type { NoticeContent } from '@/lib/notices/kinds'
import { noticeWords } from '@/lib/notices/words/notice-words'
import type { Sentence } from '@/lib/notices/words/sentence'

type Place = { organizationId: string; organizationName: string; timeZone: string; consoleUrl: string }

/** The mail of a notice, the same for the same facts however often it is tried. Pure. */
export function noticeMail(
  content: NoticeContent,
  { organizationId, organizationName, timeZone, consoleUrl }: Place,
): Omit<Mail, 'to'> {
  const { title, sentences, facts, action } = noticeWords(content)
  const text = (sentence: Sentence, momentIn = momentText) =>
    sentence.map((part) => (typeof part === 'string' ? part : momentIn(part, timeZone))).join('')
  const paragraphs = sentences.map((sentence) => text(sentence))
  return writeMail({
    subject: `${organizationName}: ${text(title)}`,
    preheader: paragraphs[0],
    heading: text(title),
    paragraphs,
    facts: [
      { label: 'Organization', value: organizationName },
      ...facts.map(({ label, value }) => ({ label, value: text(value, exactMomentText) })),
    ],
    link: { text: action.text, url: `${consoleUrl}${openPath(organizationId, action.path)}` },
    footer: [
      `Times are those of ${timeZone}, the time zone of ${organizationName}.`,
      audienceText(content.kind, organizationName),
    ],
  })
}

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { setTestEnvironment } from '@/db/testing/environment'
import { startMail, type TestMail } from '@/db/testing/mail'
import { startSmtp, type TestSmtp } from '@/db/testing/smtp'
import { newId } from '@/lib/id'
import type { NoticeContent } from '@/lib/notices/kinds'
import { contents } from '@/lib/notices/testing/contents'
import { noticeMail } from './notice-mail'

const consoleUrl = 'https://console.example'
const to = 'dan@example.com'
const harmless = 'Till'
const hostile = {
  'line breaks and headers': 'Till\r\nBcc: eve@example.com\r\n\r\n<b>Hello</b>',
  'a line break of Unicode': 'Till\u2028Bcc: eve@example.com\u2029.\r\n.\r\nMAIL FROM:<eve@example.com>',
  'live HTML': '"><img src=x onerror=alert(1)>',
  'the end of a style and a script': "</style></title><script>alert('1')</script><!--",
  'a turn of direction': 'Till \u202egpj.exe\u2066\u2067',
  'quotes of every kind': `"'\`“”‘’«»&quot;&#34;`,
  'a hundred emoji': '👩‍👩‍👧‍👦'.repeat(14) + '😀'.repeat(2),
  'a formula': '=HYPERLINK("http://evil.example","Till")',
  'a template': '{{constructor}} %0d%0aBcc: eve@example.com',
  'half a character': 'Till \ud83d',
  'an encoded word': '=?UTF-8?Q?=0D=0ABcc:_eve@example.com?=',
} satisfies Record<string, string>

let http: TestMail
let smtp: TestSmtp

beforeAll(async () => {
  ;[http, smtp] = [await startMail(), await startSmtp()]
})
afterAll(async () => {
  await http.close()
  smtp.close()
})

/** The module reads its configuration once; each test begins with a fresh one. */
beforeEach(() => {
  vi.resetModules()
  smtp.received = []
})

/** A notice in which everything that a person or a program may choose is this text. */
function named(content: NoticeContent, name: string): NoticeContent {
  const by = (use: object | null) => (use ? { ...use, userAgent: name } : null)
  const { facts } = content as { facts: Record<string, unknown> }
  const chosen = {
    ...('name' in facts ? { name, serviceUser: name } : {}),
    ...('by' in facts ? { by: name } : {}),
    ...('reason' in facts ? { reason: name } : {}),
    ...('request' in facts && facts.request ? { request: { ...facts.request, reason: name } } : {}),
    ...('lastUse' in facts ? { lastUse: by(facts.lastUse as object | null) } : {}),
    ...('uses' in facts ? { uses: (facts.uses as object[]).map(by) } : {}),
  }
  return { ...content, facts: { ...facts, ...chosen } } as NoticeContent
}

const mailOf = (content: NoticeContent, name: string) =>
  noticeMail(named(content, name), {
    organizationId: 'org_1',
    organizationName: name,
    timeZone: 'Europe/Berlin',
    consoleUrl,
  })
const mails = (name: string) => Object.values(contents).map((content) => mailOf(content, name))

/** The HTML's tags without the address of the link, which holds a name in its query. */
const tagsOf = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"]*"/, 'href'))

async function send(mail: { subject: string; text: string; html: string }, more: Record<string, string>) {
  setTestEnvironment('postgres://localhost/none', { RESEND_BASE_URL: http.url, SMTP_URL: '', ...more })
  const { sendMail } = await import('@/lib/email/send')
  expect(await sendMail({ ...mail, to }, newId('ntc'))).toMatchObject({ ok: true })
}

describe.each(Object.entries(hostile))('%s', (_, name) => {
  test('changes nothing of the HTML but texts, and leads nowhere else', () => {
    const expected = mails(harmless)
    for (const [index, { html }] of mails(name).entries()) {
      expect(tagsOf(html)).toEqual(tagsOf(expected[index]?.html ?? ''))
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => new URL(address))
      expect(links.map(({ origin }) => origin)).toEqual([consoleUrl])
    }
  })

  test('stays within its line of the text and of the subject, in the direction of the rest', () => {
    const expected = mails(harmless)
    for (const [index, { subject, text }] of mails(name).entries()) {
      expect(text.split('\n').length).toBe(expected[index]?.text.split('\n').length)
      expect(subject + text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028\u2029\r]/)
      expect(subject).not.toMatch(/\p{Cc}/u)
      expect((subject + text).isWellFormed()).toBe(true)
    }
  })

  test('reaches its one recipient by Resend as it was written', async () => {
    const mail = mailOf(contents['service key ending'], name)
    await send(mail, {})
    expect(http.to(to)[0]).toMatchObject({ to, ...mail })
    expect(http.to('eve@example.com')).toEqual([])
  })

  test('reaches its one recipient by SMTP, with one subject and no header more', async () => {
    for (const mail of mails(name)) {
      await send(mail, { SMTP_URL: smtp.url })
      const received = smtp.received.at(-1)
      expect(received?.from).toMatch(/^MAIL FROM:<no-reply@keyturn\.example>/)
      expect(received?.recipients).toEqual([`RCPT TO:<${to}>`])
      const headers = headersOf(received?.data ?? '')
      expect(headers.map(([header]) => header)).toEqual(usualHeaders)
      expect(decoded(headers.find(([header]) => header === 'Subject')?.[1] ?? '')).toBe(mail.subject)
    }
    expect(smtp.received).toHaveLength(Object.keys(contents).length)
  })
})

const usualHeaders = ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type']

/** The headers of a mail as its reader sees them: what is folded belongs to the line before. */
function headersOf(data: string): [name: string, value: string][] {
  const head = data.slice(0, data.indexOf('\n\n')).replace(/\n[ \t]+/g, ' ')
  return head.split('\n').map((line) => {
    const [, header = line, value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? []
    return [header, value]
  })
}

/** A header's text out of its encoded words (RFC 2047); blanks between two of them are none. */
function decoded(value: string): string {
  return value
    .replace(/\?= (?==\?)/g, '?=')
    .replace(/(?:=\?UTF-8\?[QB]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi)].map(([, encoding, text = '']) =>
          encoding?.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quoted(text),
        ),
      ).toString(),
    )
}

function quoted(text: string): Buffer {
  const bytes = text
    .replace(/_/g, ' ')
    .replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1')
}

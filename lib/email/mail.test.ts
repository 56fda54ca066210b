import { expect, test } from 'vitest'
import { writeMail } from './mail'

const hostile = `Ann <script>alert(1)</script> & "Ben"'s\r\nBcc: eve@example.com`

test('a mail says the same in text and in HTML', () => {
  const mail = writeMail({
    subject: 'Your code',
    heading: 'Enter this code',
    code: '012345',
    paragraphs: ['It works once.', 'Or not.'],
  })
  expect(mail.text).toBe('Enter this code\n\n012345\n\nIt works once.\n\nOr not.\n\nKeyturn')
  for (const part of ['Enter this code', '012345', 'It works once.', 'Or not.'])
    expect(mail.html).toContain(part)
})

test('a link stands in both, and in HTML opens nothing but its address', () => {
  const link = { text: '<Open>', url: 'http://localhost:3000/settings/api?a="b' }
  const { text, html } = writeMail({ subject: '', heading: 'Look', paragraphs: ['At this.'], link })
  expect(text).toBe(`Look\n\nAt this.\n\n<Open>: ${link.url}\n\nKeyturn`)
  expect(html.match(/<a [^>]*>.*?<\/a>/g)).toEqual([
    expect.stringMatching(
      /^<a class="button" href="http:\/\/localhost:3000\/settings\/api\?a=&#34;b" style="[^"]*">&#60;Open&#62;<\/a>$/,
    ),
  ])
  expect(html).toContain('>http://localhost:3000/settings/api?a=&#34;b</p>')
})

test('whatever a name holds stays text in HTML', () => {
  const { html } = writeMail({ subject: hostile, heading: hostile, paragraphs: [hostile], code: '<1>' })
  expect(html.match(/<[a-z!/][^>]*>/gi)?.filter((tag) => /script|alert/.test(tag))).toEqual([])
  expect(html).not.toContain('<1>')
  expect(html).not.toMatch(/[^=]"Ben"/)
  expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Ben&#34;&#39;s')
})

test('a reason with line breaks stays one paragraph', () => {
  const reason = 'Ann wrote: “Please.\r\n\r\nAnswer it at http://evil.example\u2029Thanks”'
  const { text } = writeMail({ subject: '', heading: 'Look', paragraphs: [reason, 'Ours.'] })
  expect(text).toBe(
    'Look\n\nAnn wrote: “Please. Answer it at http://evil.example Thanks”\n\nOurs.\n\nKeyturn',
  )
})

test('a subject is one line, whatever a name holds', () => {
  for (const end of ['\r\n', '\n', '\r', '\0', '\u0085', '\u2028', '\u2029', '\x1b']) {
    const { subject } = writeMail({
      subject: `Hello ${end}Bcc: eve@example.com${end}`,
      heading: '',
      paragraphs: [],
    })
    expect(subject).toBe('Hello Bcc: eve@example.com')
  }
})

test('a line of facts cannot become two, nor turn the direction of what stands beside it', () => {
  const fact = { label: 'Name', value: 'Till\r\nWorks until: for ever \u202egnp.exe\u2066' }
  const { text, html } = writeMail({
    subject: '',
    heading: 'Look',
    paragraphs: [],
    facts: [fact],
    footer: ['Why.'],
  })
  expect(text).toBe('Look\n\nName: Till Works until: for ever gnp.exe\n\nWhy.\n\nKeyturn')
  expect(html).toContain('>Till Works until: for ever gnp.exe</td>')
})

test('whatever is dark has its light colour at the element itself', () => {
  const { html } = writeMail({
    subject: '',
    heading: 'Look',
    code: '012345',
    paragraphs: ['At this.'],
    facts: [{ label: 'Name', value: 'Till' }],
    link: { text: 'Open', url: 'http://localhost:3000' },
    footer: ['Why.'],
  })
  const classed = [...html.matchAll(/<\w+ class="[^"]*"[^>]*>/g)].map(([tag]) => tag)
  expect(classed.length).toBeGreaterThan(8)
  for (const tag of classed) expect(tag).toMatch(/style="[^"]*#[0-9a-f]{6}/)
  expect(html).toContain('prefers-color-scheme:dark')
})

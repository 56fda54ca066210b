import { expect, test } from 'vitest'
import { contents } from '@/lib/notices/testing/contents'
import { noticeWords } from '@/lib/notices/words/notice-words'
import { noticeMail } from './notice-mail'

const place = {
  organizationId: 'org_northwind',
  organizationName: 'Northwind',
  timeZone: 'Europe/Berlin',
  consoleUrl: 'https://console.example',
}

test('a mail says in text what happens when, to whom, what to do and why one gets it', () => {
  expect(noticeMail(contents['service key ending'], place)).toMatchObject({
    subject: 'Northwind: Service key “Till” expires on 30 Nov 2026, 18:00 CET',
    text: `Service key “Till” expires on 30 Nov 2026, 18:00 CET

The service key “Till” of “Tills” works until 30 Nov 2026, 18:00 CET. Every call with it is refused after that, and an expired key cannot be renewed.

Generate a new key for “Tills”, put it into the program that uses this one, and delete this one. These daily notices then stop.

Organization: Northwind
Service key: Till
Key: kt_svc_1aB2…c3d4
Service user: Tills
Expires: 30 Nov 2026, 18:00 CET
Last use: 20 Nov 2026, 09:12 CET from 198.51.100.20, acme-importer/3.1

Open the key: https://console.example/open/org_northwind?to=/settings/service-keys%3Fname%3DTill

Times are those of Europe/Berlin, the time zone of Northwind.
You get this because you are in a group of Northwind that is subscribed to Account alerts.

Keyturn`,
  })
})

test.each(Object.entries(contents))('%s: the mail says the same in HTML', (_, content) => {
  const { subject, text, html } = noticeMail(content, place)
  expect(subject).toMatch(/^Northwind: /)
  const shown = html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
  for (const line of text.split('\n').flatMap((each) => each.split(/: (?=\S)/))) expect(shown).toContain(line)
  expect(html).toContain(`href="https://console.example/open/org_northwind?to=/settings/`)
  expect(text).toContain('Times are those of Europe/Berlin')
})

test.each(Object.entries(contents))('%s: the link opens its page, for its organization', (_, content) => {
  const { html } = noticeMail(content, place)
  const [link] = [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => new URL(address))
  expect(link?.pathname).toBe('/open/org_northwind')
  expect(link?.searchParams.get('to')).toBe(noticeWords(content).action.path)
})

test('the same facts are the same mail', () => {
  expect(noticeMail(contents.ending, place)).toEqual(noticeMail(structuredClone(contents.ending), place))
})

test('who hears of it is said by its kind', () => {
  const why = (content: Parameters<typeof noticeMail>[0]) =>
    noticeMail(content, place).text.split('\n').at(-3)
  expect(why(contents.revealed)).toBe('You get this because you are an admin of Northwind.')
  expect(why(contents.replaced)).toBe(
    'You get this because you are an admin of Northwind, or in a group of Northwind that is subscribed to Account alerts.',
  )
})

test('an end is said to the second where it is not the beginning of a minute', () => {
  const { facts } = contents['service key ending']
  const { text } = noticeMail(
    { kind: 'service-key-ending', facts: { ...facts, endsAt: '2026-11-30T17:00:37.000Z' } },
    place,
  )
  expect(text).toContain('\nExpires: 30 Nov 2026, 18:00:37 CET\n')
})

import { expect, test } from 'vitest'
import { noticeKinds } from '@/lib/notices/kinds'
import { contents } from '@/lib/notices/testing/contents'
import { noticeWords } from './notice-words'
import type { Sentence } from './sentence'

const text = (sentence: Sentence) =>
  sentence.map((part) => (typeof part === 'string' ? part : part.toISOString())).join('')

test('there are words for every kind', () => {
  expect(new Set(Object.values(contents).map(({ kind }) => kind))).toEqual(new Set(noticeKinds))
})

test.each(Object.entries(contents))(
  '%s: the key, its end or its doer, its use, and what to do stand in it',
  (_, content) => {
    const { title, sentences, facts, action } = noticeWords(content)
    const whole = [title, ...sentences, ...facts.map(({ value }) => value)].map(text).join('\n')
    if ('key' in content.facts) expect(whole).toContain(content.facts.key)
    if ('endsAt' in content.facts) expect(text(title)).toContain(content.facts.endsAt)
    if ('by' in content.facts) expect(whole).toContain(content.facts.by)
    if ('lastUse' in content.facts && content.facts.lastUse) {
      expect(whole).toContain(content.facts.lastUse.at)
      expect(whole).toContain(content.facts.lastUse.address)
      expect(whole).toContain(content.facts.lastUse.userAgent)
    }
    for (const sentence of sentences) expect(text(sentence)).toMatch(/\.$/)
    expect(text(title)).not.toMatch(/\.$/)
    expect(action.path).toMatch(/^\/settings\//)
  },
)

test('no text says days instead of a moment: a mail may be late', () => {
  for (const content of Object.values(contents)) {
    const { title, sentences } = noticeWords(content)
    expect([title, ...sentences].map(text).join()).not.toMatch(/\b(today|tomorrow|in \d+ days?)\b/)
  }
})

test('an ending key names who still uses it, and how many more', () => {
  const { facts, sentences } = noticeWords(contents.ending)
  expect(facts.map(({ label, value }) => `${label}: ${text(value)}`)).toEqual([
    'Old key: kt_org_4f7A…9f2a',
    'Works until: 2026-11-30T17:00:00.000Z',
    'New key: kt_org_Zq81…b7c0',
    'Address 1: 198.51.100.20, last call 2026-11-20T08:12:00.000Z, acme-importer/3.1',
    'Address 2: 2001:db8::17, last call 2026-11-20T08:12:00.000Z',
    'Other addresses: 7 more',
  ])
  expect(text(sentences[1] ?? [])).toBe('9 addresses still use it although kt_org_Zq81…b7c0 has replaced it.')
})

test('a key that the schedule forgot says so, and that a person must act', () => {
  const { title, sentences } = noticeWords(contents['not replaced'])
  expect(text(title)).toBe('Organization key not replaced: it ends on 2026-11-30T17:00:00.000Z')
  expect(sentences.map(text).join(' ')).toContain('did not. 1 address still uses it. An admin revokes it')
})

test('the way to a service key leads to that key alone', () => {
  const { facts } = contents['service key ending']
  for (const kind of ['service-key-ending', 'service-key-expired'] as const) {
    const { action } = noticeWords({ kind, facts: { ...facts, keyId: 'key_1' } })
    expect(action.path).toBe('/settings/service-keys?keyId=key_1')
  }
})

test('where its id was not told, it is the list of those of its name, whatever that holds', () => {
  const name = '"><img src=x>&state=active#'
  const { action } = noticeWords({
    kind: 'service-key-ending',
    facts: { ...contents['service key ending'].facts, name },
  })
  const url = new URL(action.path, 'http://localhost')
  expect([url.pathname, [...url.searchParams]]).toEqual(['/settings/service-keys', [['name', name]]])
})

test.each(['A migration', 'A migration.'])('what support wrote, %j, ends with one full stop', (reason) => {
  const { sentences } = noticeWords({
    kind: 'media-limit-decided',
    facts: { ...contents['media limit set'].facts, reason },
  })
  expect(sentences.map(text)).toContain('Support wrote: “A migration”.')
})

import { expect, test } from 'vitest'
import { type NoticeContent, type NoticeKind, noticeKinds } from '@/lib/notices/kinds'
import { dropReason, type Standing } from './still-true'

const now = new Date('2026-11-23T09:00:00Z')
const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)]

/** Facts that a rule does not ask for are left out. */
const content = (kind: NoticeKind) => ({ kind, facts: { endsAt: after.toISOString() } }) as NoticeContent
const key = { deletedAt: null, disabledAt: null, endsAt: after, hasSuccessor: true, isSuccessorCurrent: true }
const standing: Standing = { key, hasNewer: false, isAdmin: true, isSubscribed: true }
const reasonFor = (kind: NoticeKind, keyNow: Partial<typeof key> | object, more: Partial<Standing> = {}) =>
  dropReason(content(kind), { ...standing, key: { ...key, ...keyNow }, ...more }, now)

const endings = ['organization-key-ending', 'service-key-ending'] as const
const events = [
  'organization-key-issued',
  'organization-key-revealed',
  'organization-key-revoked',
  'organization-key-expiration-removed',
  'organization-key-expiration-restored',
  'organization-key-deleted',
  'organization-key-interval-set',
] as const
/** Not about a key. */
const ofPeople = ['admin-ended'] as const
const ofMedia = ['media-limit-decided'] as const

test('what is true and asked for is sent', () => {
  for (const kind of noticeKinds) expect(reasonFor(kind, {})).toBeNull()
})

test('nothing is said of a key that was deleted or disabled, or is not there', () => {
  for (const kind of noticeKinds.filter(
    (each) => !([...events, ...ofPeople, ...ofMedia] as readonly string[]).includes(each),
  )) {
    expect(reasonFor(kind, { deletedAt: before })).toBe('key-deleted')
    expect(dropReason(content(kind), { ...standing, key: null }, now)).toBe('key-deleted')
  }
  for (const kind of ['service-key-ending', 'service-key-expired'] as const)
    expect(reasonFor(kind, { disabledAt: before })).toBe('key-disabled')
})

test('what somebody did stays true, whatever became of the key', () => {
  for (const kind of [...events, ...ofMedia]) {
    expect(reasonFor(kind, { deletedAt: before, endsAt: before, isSuccessorCurrent: false })).toBeNull()
    expect(reasonFor(kind, {}, { hasNewer: true })).toBeNull()
  }
})

test('an end is announced until it is there, and only the end that it is', () => {
  for (const kind of endings) {
    expect(reasonFor(kind, { endsAt: now })).toBe('key-ended')
    expect(reasonFor(kind, { endsAt: null })).toBe('end-changed')
    expect(reasonFor(kind, { endsAt: new Date(after.getTime() + 1) })).toBe('end-changed')
  }
  expect(reasonFor('service-key-expired', { endsAt: before })).toBeNull()
})

test('a newer notice of an end takes the place of an older one', () => {
  for (const kind of endings) expect(reasonFor(kind, {}, { hasNewer: true })).toBe('newer-notice')
})

test('that nothing replaced a key is not said once something did', () => {
  const { facts } = content('organization-key-ending')
  const notReplaced = {
    kind: 'organization-key-ending',
    facts: { ...facts, successor: null },
  } as NoticeContent
  expect(dropReason(notReplaced, standing, now)).toBe('key-replaced')
  const replacedAgain = { ...key, isSuccessorCurrent: false }
  expect(dropReason(notReplaced, { ...standing, key: replacedAgain }, now)).toBe('key-replaced')
  const alone = { ...key, hasSuccessor: false, isSuccessorCurrent: false }
  expect(dropReason(notReplaced, { ...standing, key: alone }, now)).toBeNull()
})

test('a new key is announced for as long as it is the current one, also after the old one has ended', () => {
  expect(reasonFor('organization-key-replaced', { endsAt: before })).toBeNull()
  expect(reasonFor('organization-key-replaced', { isSuccessorCurrent: false })).toBe('key-replaced')
})

test('alerts go to subscribers, events to admins, a replacement to both, and nothing to anybody else', () => {
  const sentTo = (more: Partial<Standing>) =>
    noticeKinds.filter((kind) => reasonFor(kind, {}, more) !== 'not-a-recipient')
  const inOrder = (...kinds: readonly NoticeKind[]) => noticeKinds.filter((kind) => kinds.includes(kind))
  const alerts = ['organization-key-replaced', ...endings, 'service-key-expired'] as const
  expect(sentTo({ isAdmin: false })).toEqual(inOrder(...alerts, ...ofPeople))
  expect(sentTo({ isSubscribed: false })).toEqual(
    inOrder('organization-key-replaced', ...events, ...ofPeople, ...ofMedia),
  )
  // Who is an admin no more is just who has to hear of it.
  expect(sentTo({ isAdmin: false, isSubscribed: false })).toEqual(ofPeople)
})

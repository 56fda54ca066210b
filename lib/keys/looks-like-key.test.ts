import { expect, test } from 'vitest'
import { asItLooks, looksLikeKey } from './looks-like-key'
import { newKeyText } from './token'

const key = newKeyText('svc')

test('a key is seen when a part is missing, its prefix is damaged, or something invisible is inside', () => {
  for (const text of [
    key,
    key.slice(1),
    key.slice(3),
    key.slice(7),
    key.slice(-30),
    key.replace('_', '-'),
    key.replaceAll('_', '\\_'),
    key.replaceAll('_', '%5F'),
    key.replace('kt_', 'kt_ '),
    key.replace('kt', 'k\u00adt'),
    key.replace('k', '\uff4b'),
    Buffer.from(`${key}:`).toString('base64'),
    `${key.slice(0, 11)}…${key.slice(-4)}`,
  ])
    expect([text, looksLikeKey(text)]).toEqual([text, true])
})

test('names, ids and digests are none', () => {
  for (const text of [
    'Billing sync, staging',
    'kt',
    'organization_export',
    '3f2a9c1d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39',
    '0b8f6a52-3c1d-4e8f-9a7b-6c5d4e3f2a1b',
    'key_7QmZ2xV9cT4sR1nB8pLwKd',
  ])
    expect([text, looksLikeKey(text)]).toEqual([text, false])
})

test('two texts that look the same are the same', () => {
  expect(asItLooks('\uff4bt\u200b_svc')).toBe('kt_svc')
})

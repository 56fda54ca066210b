import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { digestOf, pastedKey } from './pasted-key'

const service = newKeyText('svc')

test('a whole key is found, whatever is around it', () => {
  for (const text of [
    service,
    ` ${service}\n`,
    `Authorization: Bearer ${service}`,
    `KEY="${service}"`,
    `curl -H 'x:${service}' a`,
  ])
    expect(pastedKey(text)).toEqual({ kind: 'key', text: service })
})

test('every text that holds more of a key than its prefix is no words to search for', () => {
  for (let length = 'kt_svc_'.length; length < service.length; length++)
    expect(pastedKey(`x ${service.slice(0, length)}`)).toEqual({ kind: 'part' })
  expect(pastedKey(`${service}0`)).toEqual({ kind: 'part' })
  expect(pastedKey(service.toUpperCase())).toEqual({ kind: 'part' })
  expect(pastedKey(`${service.slice(0, 11)}…${service.slice(-4)}`)).toEqual({ kind: 'part' })
})

test.each(['Bearer eyJhbGciOiJFZERTQSJ9.eyJjbGllbnRfaWQiOiJ4In0.c2ln', newKeyText('org'), 'KT_ORG_1'])(
  'what belongs to an organization key is none either',
  (text) => expect(pastedKey(text)).toEqual({ kind: 'organization-key' }),
)

test.each(['', 'Billing', 'kt', 'kt_', 'kt_svc', 'key for eyJ'])('%j is words', (text) =>
  expect(pastedKey(text)).toEqual({ kind: 'words' }),
)

test('the digest is the one that the server keeps', async () => {
  expect(await digestOf(service)).toBe(createHash('sha256').update(service).digest('hex'))
})

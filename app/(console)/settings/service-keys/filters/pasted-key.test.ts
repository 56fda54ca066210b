import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { newKeyText } from '@/lib/keys/token'
import { digestOf, pastedKey } from './pasted-key'

const service = newKeyText('svc')
const organization = newKeyText('org')

test.each([service, organization])('a whole key is found, whatever is around it', (key) => {
  for (const text of [
    key,
    ` ${key}\n`,
    `Authorization: Bearer ${key}`,
    `KEY="${key}"`,
    `curl -H 'x:${key}' a`,
  ])
    expect(pastedKey(text)).toEqual({ kind: 'key', text: key })
})

test('every text that holds more of a key than its prefix is no words to search for', () => {
  for (let length = 'kt_svc_'.length; length < service.length; length++)
    expect(pastedKey(`x ${service.slice(0, length)}`)).toEqual({ kind: 'part' })
  expect(pastedKey(`${service}0`)).toEqual({ kind: 'part' })
  expect(pastedKey(service.toUpperCase())).toEqual({ kind: 'part' })
  expect(pastedKey(`${service.slice(0, 11)}…${service.slice(-4)}`)).toEqual({ kind: 'part' })
})

test('a Secret is none either', () => {
  expect(pastedKey('Bearer eyJhbGciOiJFZERTQSJ9.eyJjbGllbnRfaWQiOiJ4In0.c2ln')).toEqual({ kind: 'secret' })
})

test.each(['', 'Billing', 'kt', 'kt_', 'kt_svc', 'key for eyJ'])('%j is words', (text) =>
  expect(pastedKey(text)).toEqual({ kind: 'words' }),
)

test('the digest is the one that the server keeps', async () => {
  expect(await digestOf(service)).toBe(createHash('sha256').update(service).digest('hex'))
})

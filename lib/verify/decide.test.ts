import { expect, test } from 'vitest'
import { stateOf } from '@/lib/organization-keys/lifecycle'
import { stateOf as serviceKeyStateOf } from '@/lib/service-keys/lifecycle'
import { type Credential, decide } from './decide'
import type { KeyEntry } from './entries'
import { allowed, keyEntry, serviceKeyEntry } from './testing/entries'

const day = 86_400_000
const noon = Date.UTC(2026, 10, 23, 12)
const today = Date.UTC(2026, 10, 23)

const key = keyEntry({ expiresAt: noon + 100 * day })
const at = (now: number) => ({ method: 'GET', address: '192.0.2.1', now })
const secret = (facts: Partial<KeyEntry> = {}, own: { issuedAt?: number; expiresAt?: number | null } = {}) =>
  ({
    form: 'secret',
    key: { ...key, ...facts },
    issuedAt: today,
    expiresAt: noon + 200 * day,
    ...own,
  }) satisfies Credential

test('what is not one of our tokens is malformed, and a key that nobody knows is not found', () => {
  expect(decide({ form: 'malformed' }, at(noon))).toBe('MALFORMED')
  expect(decide({ form: 'unknown' }, at(noon))).toBe('NOT_FOUND')
})

test('an active key is valid', () => {
  expect(decide(secret(), at(noon))).toBe('VALID')
})

test.each([
  ["the key's expiry", secret({ expiresAt: noon }), 'EXPIRED'],
  ['the end of grace', secret({ revokedAt: noon - day, acceptedUntil: noon }), 'REVOKED'],
  ["the Secret's own exp", secret({}, { expiresAt: noon }), 'EXPIRED'],
  [
    "the Secret's own exp on a key that never expires",
    secret({ expiresAt: null }, { expiresAt: noon }),
    'EXPIRED',
  ],
  [
    'the end of grace of a key that never expired',
    secret({ expiresAt: null, revokedAt: noon - day, acceptedUntil: noon }, { expiresAt: null }),
    'REVOKED',
  ],
])('%s is exact: accepted a millisecond before, refused at it', (_, credential, code) => {
  expect(decide(credential, at(noon - 1))).toBe('VALID')
  expect(decide(credential, at(noon))).toBe(code)
})

test('a deleted key is not found, whatever else is true of it', () => {
  expect(decide(secret({ deletedAt: noon - 1 }), at(noon))).toBe('NOT_FOUND')
  expect(decide(secret({ deletedAt: noon - 1, expiresAt: noon - 2 }), at(noon))).toBe('NOT_FOUND')
})

test('a Secret without exp needs a key that never expires', () => {
  expect(decide(secret({}, { expiresAt: null }), at(noon))).toBe('MALFORMED')
  expect(decide(secret({ expiresAt: null }, { expiresAt: null }), at(noon))).toBe('VALID')
})

test('a Secret without exp from the days without expiration stays good after the expiration was restored', () => {
  const facts = { expirationRemovedAt: noon - 10 * day, expirationRestoredAt: noon - 5 * day }
  const issued = (daysAgo: number) => secret(facts, { issuedAt: today - daysAgo * day, expiresAt: null })
  expect(decide(issued(11), at(noon))).toBe('MALFORMED')
  expect(decide(issued(10), at(noon))).toBe('VALID')
  expect(decide(issued(5), at(noon))).toBe('VALID')
  expect(decide(issued(4), at(noon))).toBe('MALFORMED')
  const expired = { ...issued(7), key: { ...key, ...facts, expiresAt: noon } }
  expect(decide(expired, at(noon - 1))).toBe('VALID')
  expect(decide(expired, at(noon))).toBe('EXPIRED')
})

test('a Secret from tomorrow is refused, but for clocks that differ at midnight', () => {
  const tomorrow = secret({}, { issuedAt: today + day })
  expect(decide(tomorrow, at(noon))).toBe('MALFORMED')
  expect(decide(tomorrow, at(today + day - 60_000))).toBe('VALID')
})

const service = (facts: Partial<KeyEntry> = {}) =>
  ({ form: 'service-key', key: serviceKeyEntry(facts) }) satisfies Credential
const onlyFrom = allowed('192.0.2.0/24')

test.each([
  ['the expiry of a service key', service({ expiresAt: noon }), 'EXPIRED'],
  ['the expiry of a disabled one', service({ expiresAt: noon, disabledAt: noon - day }), 'EXPIRED'],
  ['the end of an overlap', service({ revokedAt: noon - day, acceptedUntil: noon }), 'REVOKED'],
  ['the end of an overlap with the key', service({ acceptedUntil: noon, expiresAt: noon }), 'REVOKED'],
])('%s is exact', (_, credential, code) => {
  const before = credential.key.disabledAt === null ? 'VALID' : 'DISABLED'
  expect(decide(credential, at(noon - 1))).toBe(before)
  expect(decide(credential, at(noon))).toBe(code)
})

test('a disabled key is refused before anybody looks from where and what', () => {
  const key = service({ disabledAt: noon - 1, allowedRanges: onlyFrom, accessLevel: 'read' })
  expect(decide(key, { method: 'DELETE', address: '10.0.0.1', now: noon })).toBe('DISABLED')
})

test('from where is asked before what', () => {
  const key = service({ allowedRanges: onlyFrom, accessLevel: 'read' })
  const call = (method: string, address: string) => decide(key, { method, address, now: noon })
  expect(call('DELETE', '10.0.0.1')).toBe('IP_DENIED')
  expect(call('DELETE', '192.0.2.1')).toBe('INSUFFICIENT_ACCESS')
  expect(call('GET', '192.0.2.1')).toBe('VALID')
})

test('what nobody named is refused, unless the key allows everything of it', () => {
  const call = { method: null, address: null, now: noon }
  expect(decide(service(), call)).toBe('VALID')
  expect(decide(service({ accessLevel: 'read-write' }), call)).toBe('INSUFFICIENT_ACCESS')
  expect(decide(service({ allowedRanges: onlyFrom }), call)).toBe('IP_DENIED')
  expect(decide(service({ allowedRanges: allowed('0.0.0.0/0', '::/0') }), call)).toBe('IP_DENIED')
  for (const address of ['unknown', '', '192.0.2.1 ', '::ffff:192.0.2.1', '192.0.2.01'])
    expect(decide(service({ allowedRanges: onlyFrom }), { ...call, address })).toBe('IP_DENIED')
})

test('says of a service key exactly what the console says', () => {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms))
  const moments = [null, noon - day, noon - 1, noon, noon + 1, noon + day]
  const codes = { active: 'VALID', disabled: 'DISABLED', expired: 'EXPIRED', deleted: 'NOT_FOUND' }
  for (const expiresAt of moments)
    for (const disabledAt of [null, noon - 2 * day])
      for (const deletedAt of [null, noon - day]) {
        const facts = { expiresAt, disabledAt, deletedAt }
        const state = serviceKeyStateOf(
          { expiresAt: date(expiresAt), disabledAt: date(disabledAt), deletedAt: date(deletedAt) },
          new Date(noon),
        )
        expect([facts, decide(service(facts), at(noon))]).toEqual([facts, codes[state]])
      }
})

test('says VALID exactly when the console says active or retiring', () => {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms))
  const moments = [noon - day, noon - 1, noon, noon + 1, noon + day]
  let compared = 0
  for (const expiresAt of [null, ...moments])
    for (const acceptedUntil of [null, ...moments])
      for (const deletedAt of [null, noon - day]) {
        // What Postgres allows: grace within the expiry.
        if (acceptedUntil !== null && expiresAt !== null && acceptedUntil > expiresAt) continue
        const revokedAt = acceptedUntil === null ? null : noon - 2 * day
        const facts = { createdAt: noon - 9 * day, expiresAt, revokedAt, acceptedUntil, deletedAt }
        const state = stateOf(
          {
            createdAt: new Date(facts.createdAt),
            expiresAt: date(expiresAt),
            revokedAt: date(revokedAt),
            acceptedUntil: date(acceptedUntil),
            deletedAt: date(deletedAt),
          },
          new Date(noon),
        )
        const code = decide(secret({ expiresAt, revokedAt, acceptedUntil, deletedAt }), at(noon))
        expect([facts, code === 'VALID']).toEqual([facts, state === 'active' || state === 'retiring'])
        compared += 1
      }
  expect(compared).toBeGreaterThan(40)
})

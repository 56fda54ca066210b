import { expect, test } from 'vitest'
import { fieldErrors, memberWords } from './words'

test('every refusal has words of its own', () => {
  const retryAt = new Date('2026-11-20T12:00:00Z')
  const refusals = [
    { reason: 'last-admin' },
    { reason: 'yourself' },
    { reason: 'changed-meanwhile', details: { role: 'auditor' } },
    { reason: 'too-many-invitations', details: { left: 3, retryAt } },
    { reason: 'too-many-invitations', details: { left: 0, retryAt } },
    { reason: 'too-many-to-address', details: { email: 'ann@example.com', retryAt } },
    { reason: 'too-many-groups', details: { mostGroups: 100 } },
    { reason: 'not-found' },
    { reason: 'else' },
  ].map((each) => memberWords({ ok: false, ...each }))
  expect(new Set(refusals).size).toBe(refusals.length)
  for (const words of refusals) expect(words).not.toMatch(/undefined|Invalid/)
})

test('what is wrong with a field stands beside it', () => {
  const fields = { addresses: 'Enter an email address.' }
  expect(fieldErrors({ ok: false, reason: 'invalid-input', details: { fields } })).toEqual(fields)
  expect(fieldErrors({ ok: false, reason: 'name-taken', details: { name: 'Ops' } })).toEqual({
    name: 'There is a group “Ops” already.',
  })
  expect(fieldErrors({ ok: false, reason: 'last-admin' })).toEqual({})
  expect(fieldErrors(null)).toEqual({})
})

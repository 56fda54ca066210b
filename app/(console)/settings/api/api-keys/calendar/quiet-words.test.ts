import { expect, test } from 'vitest'
import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import { quietWords } from './quiet-words'

const active = { state: 'active', expiresAt: '2027-01-01T00:00:00Z' } as const
const endless = { state: 'active', expiresAt: null } as const
const expired = { state: 'expired', expiresAt: '2025-01-01T00:00:00Z' } as const
const at = new Date('2026-12-01T00:00:00Z')
const event: CalendarEvent = { kind: 'service-keys', at, last: at, count: 2, name: null }

test('a key that expires speaks for itself', () => {
  expect(quietWords([active], [event], true)).toBeNull()
})

test('why nothing happens is said', () => {
  expect(quietWords([endless, expired], [], true)).toBe(
    'Nothing will happen: the key never expires, so the schedule leaves it alone, and no service key expires.',
  )
  expect(quietWords([], [], false)).toBe('Nothing will happen: there is no API key yet.')
  expect(quietWords([expired], [], false)).toBe('Nothing will happen: no API key is active.')
})

test('beside what happens to other keys it is said of the organization key alone', () => {
  expect(quietWords([endless], [event], true)).toBe('The key never expires, so the schedule leaves it alone.')
  expect(quietWords([], [event], true)).toBe('There is no API key yet.')
})

import { describe, expect, test } from 'vitest'
import { done } from '@/lib/outcome'
import { decideMails, endOfInvitation, isOver } from './limits'

const now = new Date('2026-03-27T10:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const sent = (count: number, email = (n: number) => `p${n}@example.com`) =>
  Array.from({ length: count }, (_, n) => ({ email: email(n), createdAt: ago(59 - n) }))

describe('an invitation', () => {
  test('holds for 7 days of 24 hours, to the millisecond', () => {
    const expiresAt = endOfInvitation(now)
    expect(expiresAt).toEqual(new Date('2026-04-03T10:00:00Z'))
    expect(isOver({ expiresAt }, new Date(expiresAt.getTime() - 1))).toBe(false)
    expect(isOver({ expiresAt }, expiresAt)).toBe(true)
  })
})

describe('mails', () => {
  test('are 50 an hour for an organization, and the answer says how many are left and from when', () => {
    expect(decideMails(sent(49), ['new@example.com'])).toEqual(done())
    expect(decideMails(sent(50), ['new@example.com'])).toMatchObject({
      reason: 'too-many-invitations',
      details: { left: 0, retryAt: new Date(ago(59).getTime() + 3_600_000) },
    })
    expect(decideMails(sent(48), ['a@x.example', 'b@x.example', 'c@x.example'])).toMatchObject({
      reason: 'too-many-invitations',
      details: { left: 2, retryAt: new Date(ago(59).getTime() + 3_600_000) },
    })
    expect(decideMails(sent(50), ['a@x.example', 'b@x.example', 'c@x.example'])).toMatchObject({
      details: { left: 0, retryAt: new Date(ago(57).getTime() + 3_600_000) },
    })
    expect(decideMails([], [])).toEqual(done())
  })

  test('are 5 an hour to one address', () => {
    const toAnn = (count: number) => sent(count, () => 'ann@example.com')
    expect(decideMails(toAnn(4), ['ann@example.com'])).toEqual(done())
    expect(decideMails(toAnn(5), ['ben@example.com'])).toEqual(done())
    expect(decideMails(toAnn(5), ['ben@example.com', 'ann@example.com'])).toMatchObject({
      reason: 'too-many-to-address',
      details: { email: 'ann@example.com', retryAt: new Date(ago(59).getTime() + 3_600_000) },
    })
  })
})

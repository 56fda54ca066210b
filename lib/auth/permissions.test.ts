import { describe, expect, test } from 'vitest'
import { authorize, authorizeSupport } from './authorize'
import { can, permissions, type Role, roles } from './permissions'
import type { Session } from './session'

/** Written out a second time, on purpose: whoever widens the table has to widen it here too. */
const expected: Record<string, Role[]> = {
  'organization-keys:read': ['admin', 'auditor'],
  'organization-keys:issue': ['admin'],
  'organization-keys:test': ['admin'],
  'organization-keys:reveal': ['admin'],
  'organization-keys:revoke': ['admin'],
  'organization-keys:set-expiry': ['admin'],
  'organization-keys:remove-expiration': ['admin'],
  'organization-keys:restore-expiration': ['admin'],
  'organization-keys:delete': ['admin'],
  'organization-keys:set-replacement-interval': ['admin'],
  'service-keys:read': ['admin', 'developer', 'auditor'],
  'service-keys:generate': ['admin', 'developer'],
  'service-keys:edit': ['admin', 'developer'],
  'service-keys:rotate': ['admin', 'developer'],
  'service-keys:enable': ['admin', 'developer'],
  'service-keys:disable': ['admin', 'developer'],
  'service-keys:delete': ['admin', 'developer'],
  'general:read': ['admin', 'developer', 'auditor'],
  'general:change': ['admin'],
  'requests:read': ['admin', 'developer', 'auditor'],
  'notifications:read': ['admin', 'developer', 'auditor', 'member'],
  'notifications:mark-read': ['admin', 'developer', 'auditor', 'member'],
  'notifications:read-delivery': ['admin'],
  'members:read': ['admin', 'auditor'],
  'members:invite': ['admin'],
  'members:change-role': ['admin'],
  'members:remove': ['admin'],
  'members:leave': ['admin', 'developer', 'auditor', 'member'],
  'groups:change': ['admin'],
  'media:read': ['admin'],
  'media:request-limit': ['admin'],
  'support-desk:read': ['support'],
  'support-desk:set-media-limit': ['support'],
  'support-desk:answer-request': ['support'],
}

const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }

function sessionWith(...memberships: [organizationId: string, role: Role][]): Session {
  return {
    sessionHash: 'hash',
    userId: 'usr_1',
    email: 'ann@example.com',
    name: 'Ann',
    steppedUpAt: null,
    shownOrganizationId: 'org_b',
    isSupport: false,
    memberships: memberships.map(([organizationId, role]) => ({
      organizationId,
      organizationName: organizationId,
      timeZone: 'UTC',
      role,
    })),
  }
}

test('the table says who may do what, and about nothing else', () => {
  const table = Object.fromEntries(
    permissions.map((permission) => [permission, roles.filter((role) => can(role, permission))]),
  )
  expect(table).toEqual(expected)
})

test('no role may do nothing, and an unknown one neither', () => {
  for (const permission of permissions) {
    expect(can(null, permission)).toBe(false)
    expect(can('owner' as Role, permission)).toBe(false)
    expect(can('__proto__' as Role, permission)).toBe(false)
  }
})

describe('authorize', () => {
  test('answers as the table for each role in each permission', () => {
    for (const permission of permissions)
      for (const role of roles) {
        const allowed = authorize(sessionWith(['org_a', role]), 'org_a', permission, from)
        expect([permission, role, allowed.ok]).toEqual([
          permission,
          role,
          expected[permission]?.includes(role),
        ])
      }
  })

  test('lets nobody in without a session', () => {
    expect(authorize(null, 'org_a', 'organization-keys:read', from)).toMatchObject({ reason: 'signed-out' })
  })

  test('answers the same for a foreign organization, an absent one and anything else that is no id', () => {
    const session = sessionWith(['org_a', 'admin'])
    const foreign = authorize(session, 'org_b', 'organization-keys:read', from)
    expect(foreign).toEqual({ ok: false, reason: 'forbidden', details: undefined })
    for (const id of [
      'org_none',
      '',
      null,
      undefined,
      0,
      {},
      ['org_a'],
      { toString: () => 'org_a' },
      '__proto__',
    ])
      expect(authorize(session, id, 'organization-keys:read', from)).toEqual(foreign)
  })

  test('takes the role of the named organization, whatever the console shows', () => {
    const session = sessionWith(['org_a', 'member'], ['org_b', 'admin'])
    expect(authorize(session, 'org_a', 'organization-keys:revoke', from).ok).toBe(false)
    expect(authorize(session, 'org_b', 'organization-keys:revoke', from)).toMatchObject({
      ok: true,
      actor: { kind: 'user', userId: 'usr_1', role: 'admin', organizationId: 'org_b', ...from },
    })
  })
})

describe('authorizeSupport', () => {
  const staff = { ...sessionWith(), isSupport: true }

  test('lets the staff do what the table says for support, in no organization', () => {
    for (const permission of permissions) {
      const allowed = authorizeSupport(staff, permission, from)
      expect([permission, allowed.ok]).toEqual([permission, expected[permission]?.includes('support')])
    }
    expect(authorizeSupport(staff, 'support-desk:read', from)).toMatchObject({
      ok: true,
      actor: { role: 'support', organizationId: 'platform' },
    })
  })

  test('lets nobody else in, whatever their role in an organization', () => {
    expect(authorizeSupport(null, 'support-desk:read', from)).toMatchObject({ reason: 'signed-out' })
    for (const role of roles)
      expect(authorizeSupport(sessionWith(['org_a', role]), 'support-desk:read', from)).toMatchObject({
        reason: 'forbidden',
      })
  })

  test('opens no organization to the staff, the platform itself included', () => {
    for (const permission of permissions)
      for (const id of ['org_a', 'platform', ''])
        expect(authorize(staff, id, permission, from)).toMatchObject({ reason: 'forbidden' })
  })
})

import { describe, expect, test } from 'vitest'
import { authorize } from './authorize'
import { can, permissions, type Role, roles } from './permissions'
import type { Session } from './session'

/** Written out a second time, on purpose: whoever widens the table has to widen it here too. */
const expected: Record<string, Record<Role, boolean>> = {
  'organization-keys:read': { admin: true, developer: false, auditor: true, member: false, support: false },
  'organization-keys:issue': { admin: true, developer: false, auditor: false, member: false, support: false },
  'organization-keys:test': { admin: true, developer: false, auditor: false, member: false, support: false },
  'organization-keys:reveal': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:revoke': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:set-expiry': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:remove-expiration': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:restore-expiration': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:delete': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
  'organization-keys:set-replacement-interval': {
    admin: true,
    developer: false,
    auditor: false,
    member: false,
    support: false,
  },
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
    permissions.map((permission) => [
      permission,
      Object.fromEntries(roles.map((role) => [role, can(role, permission)])),
    ]),
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
        expect([permission, role, allowed.ok]).toEqual([permission, role, expected[permission]?.[role]])
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

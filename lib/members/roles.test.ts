import { expect, test } from 'vitest'
import { can, permissions } from '@/lib/auth/permissions'
import { lossesOf, memberRoles } from './roles'

test('whoever loses a permission is told what, and nobody else is', () => {
  for (const from of memberRoles)
    for (const to of memberRoles) {
      const isLess = permissions.some((permission) => can(from, permission) && !can(to, permission))
      expect([from, to, lossesOf(from, to).length > 0]).toEqual([from, to, isLess])
    }
})

test('what is lost is what the table says', () => {
  expect(lossesOf('admin', 'developer')).toEqual([
    'view, replace and revoke the organization key',
    'see the state of the organization key',
    'change the API settings',
    'ask for a larger media limit',
    'invite, change and remove members',
    'see who is a member',
  ])
  expect(lossesOf('auditor', 'developer')).toEqual([
    'see the state of the organization key',
    'see who is a member',
  ])
})

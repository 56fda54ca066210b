import { expect, test } from 'vitest'
import { roles } from '@/lib/auth/permissions'
import { actsOf, hasMenu, hasSelection } from './acts'

test('admins and developers do everything, and nobody else does anything', () => {
  const everything = ['generate', 'edit', 'rotate', 'enable', 'disable', 'delete']
  for (const role of roles)
    expect([role, actsOf(role)]).toEqual([role, role === 'admin' || role === 'developer' ? everything : []])
})

test('there is a menu for any one verb, and a selection for those that take several keys', () => {
  expect([hasMenu(['generate']), hasMenu(['edit']), hasMenu([])]).toEqual([false, true, false])
  expect([
    hasSelection(['edit', 'rotate', 'enable']),
    hasSelection(['disable']),
    hasSelection(['delete']),
  ]).toEqual([false, true, true])
})

import { expect, test } from 'vitest'
import { accessLevels, mayCall, reaches } from './access-level'

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PURGE', 'get', '', null]

test('each level lets exactly its methods pass, and an unknown one only where everything may pass', () => {
  const passing = (level: (typeof accessLevels)[number]) => methods.filter((method) => mayCall(level, method))
  expect(passing('read')).toEqual(['GET', 'HEAD', 'OPTIONS'])
  expect(passing('read-write')).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH'])
  expect(passing('full')).toEqual(methods)
})

test('a level reaches itself and what is less', () => {
  const table = accessLevels.map((level) => accessLevels.filter((other) => reaches(level, other)))
  expect(table).toEqual([['read'], ['read', 'read-write'], ['read', 'read-write', 'full']])
})

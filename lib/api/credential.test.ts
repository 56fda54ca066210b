import { expect, test } from 'vitest'
import { readCallHeaders } from './call-headers'
import { presentedToken } from './credential'

const presented = (...raw: string[]) => presentedToken(readCallHeaders(raw))

test.each([
  [['Authorization', 'Bearer abc'], 'abc'],
  [['authorization', 'bearer abc'], 'abc'],
  [['AUTHORIZATION', 'BEARER  abc'], 'abc'],
  [['X-Api-Key', 'abc'], 'abc'],
  [['Authorization', 'Bearer abc', 'x-api-key', 'abc'], 'abc'],
  [['Authorization', 'Bearer abc', 'Authorization', 'Bearer abc'], 'abc'],
  [['Authorization', 'Basic dTpw', 'X-Api-Key', 'abc'], 'abc'],
])('%j carries one token', (raw, token) => {
  expect(presented(...raw)).toEqual({ token, conflict: false })
})

test.each([[[]], [['Authorization', 'Basic dTpw']], [['Authorization', 'Bearer']], [['X_Api_Key', 'abc']]])(
  '%j carries none',
  (raw) => {
    expect(presented(...raw)).toEqual({ token: null, conflict: false })
  },
)

test.each([
  [['Authorization', 'Bearer abc', 'X-Api-Key', 'abd']],
  [['Authorization', 'Bearer abc', 'Authorization', 'Bearer abd']],
  [['X-Api-Key', 'abc', 'X-Api-Key', '']],
])('%j carries two', (raw) => {
  expect(presented(...raw)).toEqual({ token: null, conflict: true })
})

import { expect, test } from 'vitest'
import { outcomeOf } from './outcome'

test.each([
  [200, 'ok'],
  [201, 'ok'],
  [399, 'ok'],
  [400, 'invalid'],
  [401, 'denied'],
  [403, 'denied'],
  [404, 'invalid'],
  [413, 'invalid'],
  [429, 'denied'],
  [499, 'invalid'],
  [500, 'error'],
  [503, 'error'],
])('%i is %s', (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome)
})

import { expect, test } from 'vitest'
import { decisionOf } from './decision'

const answeredAt = new Date('2026-11-20T12:00:00Z')

test.each([
  ['nobody has answered', null, null, 'open'],
  ['the answer grants nothing', answeredAt, null, 'declined'],
  ['a byte less is granted', answeredAt, 999, 'granted-less'],
  ['as much is granted', answeredAt, 1000, 'granted'],
  ['more is granted', answeredAt, 1001, 'granted'],
] as const)('of 1,000 bytes wanted: %s', (_, at, grantedBytes, decision) => {
  expect(decisionOf({ wantedBytes: 1000, answeredAt: at, grantedBytes })).toBe(decision)
})

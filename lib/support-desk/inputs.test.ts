import { expect, test } from 'vitest'
import { declineRequestInput, grantRequestInput, setMediaLimitInput } from './inputs'

const change = { organizationId: 'org_1', bytes: 1_024, reason: 'Why not', seen: 0 }

const faultOf = (input: object) =>
  setMediaLimitInput
    .safeParse(input)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0] ?? null

test('a change is taken as it is meant, its reason trimmed, its end in any zone', () => {
  expect(setMediaLimitInput.parse({ ...change, reason: '  Why not \n' })).toEqual(change)
  expect(setMediaLimitInput.parse({ ...change, endsAt: '2026-11-30T18:00:00+01:00' }).endsAt).toEqual(
    new Date('2026-11-30T17:00:00Z'),
  )
})

test.each([
  ['bytes', 1, null],
  ['bytes', 104_857_600, null],
  ['bytes', 0, 'bytes: Enter a size from 1 byte to 100 MiB.'],
  ['bytes', 104_857_601, 'bytes: Enter a size from 1 byte to 100 MiB.'],
  ['bytes', 1.5, 'bytes: Enter a whole number of bytes.'],
  ['bytes', Number.NaN, 'bytes: Enter a size.'],
  ['bytes', Number.POSITIVE_INFINITY, 'bytes: Enter a size.'],
  ['bytes', '20', 'bytes: Enter a size.'],
  ['reason', 'x', null],
  ['reason', 'x'.repeat(500), null],
  ['reason', 'x'.repeat(501), 'reason: Use 500 characters at most.'],
  ['reason', ' \n ', 'reason: Enter a reason.'],
  ['reason', undefined, 'reason: Enter a reason.'],
  ['reason', 'a\0b', 'reason: Use plain text.'],
  ['reason', '\ud800', 'reason: Use plain text.'],
  ['endsAt', 'soon', 'endsAt: Choose a date and a time.'],
  ['endsAt', '2026-11-30T18:00:00', 'endsAt: Choose a date and a time.'],
] as const)('%s %j', (field, value, fault) => {
  expect(faultOf({ ...change, [field]: value })).toBe(fault)
})

test.each([
  { ...change, organizationId: 'org_1\0' },
  { ...change, organizationId: ['org_1'] },
  { ...change, organizationId: 'platform' },
  { ...change, seen: -1 },
  { ...change, seen: 1.5 },
  { ...change, seen: undefined },
  { ...change, changedBy: 'usr_other' },
  { ...change, requestId: 'mlr_1' },
])('%j is refused', (input) => {
  expect(faultOf(input)).not.toBeNull()
})

test('an answer names its request', () => {
  expect(grantRequestInput.safeParse(change).success).toBe(false)
  expect(grantRequestInput.safeParse({ ...change, requestId: 'mlr_1' }).success).toBe(true)
  const declined = { organizationId: 'org_1', requestId: 'mlr_1', reason: 'No' }
  expect(declineRequestInput.safeParse(declined).success).toBe(true)
  expect(declineRequestInput.safeParse({ ...declined, reason: '' }).success).toBe(false)
  expect(declineRequestInput.safeParse({ ...declined, bytes: 5 }).success).toBe(false)
})

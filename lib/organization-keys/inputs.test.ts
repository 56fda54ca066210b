import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import * as inputs from './inputs'

const keyId = 'key_0123456789abcdefghijkl'
const good: Record<string, { schema: z.ZodType; input: Record<string, unknown> }> = {
  keyInput: { schema: inputs.keyInput, input: { keyId } },
  setExpiryInput: { schema: inputs.setExpiryInput, input: { keyId, expiresAt: '2026-06-01T00:00:00Z' } },
  removeExpirationInput: {
    schema: inputs.removeExpirationInput,
    input: { keyId, reason: ' Two\nlines, 日本 😀 ', reviewOn: '2026-12-01' },
  },
  restoreExpirationInput: { schema: inputs.restoreExpirationInput, input: { keyId } },
  confirmCodeInput: { schema: inputs.confirmCodeInput, input: { keyId, code: '123 456' } },
  replacementIntervalInput: { schema: inputs.replacementIntervalInput, input: { days: 365 } },
  noInput: { schema: inputs.noInput, input: {} },
}
const takes = (schema: z.ZodType, input: unknown) => schema.safeParse(input).success

describe('every input', () => {
  test('is covered here', () => {
    const schemas = Object.keys(inputs).filter((name) => name.endsWith('Input'))
    expect(schemas.sort()).toEqual(Object.keys(good).sort())
  })

  for (const [name, { schema, input }] of Object.entries(good))
    test(`${name} takes what it names and nothing besides`, () => {
      expect(takes(schema, input)).toBe(true)
      for (const more of ['organizationId', 'actor', 'role', 'createdAt', 'revokedBy', 'successorId', 'now'])
        expect(takes(schema, { ...input, [more]: 'org_1' })).toBe(false)
      expect(takes(schema, JSON.parse(`{"__proto__":{"role":"admin"}}`))).toBe(false)
      for (const other of [null, undefined, [], 'text', 7, true]) expect(takes(schema, other)).toBe(false)
      for (const field of Object.keys(input))
        for (const wrong of [null, {}, [], ['x'], 1.5, '', Number.NaN])
          if (wrong !== '' || field !== 'reason')
            if (wrong !== '' || field !== 'code')
              expect(takes(schema, { ...input, [field]: wrong }), `${field} ${wrong}`).toBe(false)
    })
})

test('a key id is an id and nothing else', () => {
  for (const id of [
    'key_',
    `${keyId}x`,
    keyId.slice(1),
    `${keyId}\n`,
    ` ${keyId}`,
    "key_' or 1=1 --        ",
    'key_%%%%%%%%%%%%%%%%%%%%%%',
  ])
    expect(takes(inputs.keyInput, { keyId: id })).toBe(false)
})

test('a moment has a date, a time and an offset', () => {
  const parse = (expiresAt: unknown) => inputs.setExpiryInput.safeParse({ keyId, expiresAt })
  expect(parse('2026-06-01T02:00:00+02:00').data?.expiresAt).toEqual(new Date('2026-06-01T00:00:00Z'))
  for (const wrong of [
    '2026-06-01',
    '2026-06-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-06-01T25:00:00Z',
    'tomorrow',
    1780272000000,
  ])
    expect(parse(wrong).success).toBe(false)
})

test('a reason is text that can be kept, 500 characters at most', () => {
  const parse = (reason: string) => inputs.removeExpirationInput.safeParse({ keyId, reason })
  expect(parse(` ${'x'.repeat(500)} `).data?.reason).toBe('x'.repeat(500))
  for (const wrong of ['x'.repeat(501), 'a\0b', 'half \ud83d of one'])
    expect(parse(wrong).error?.issues[0]?.path).toEqual(['reason'])
})

test('a review date is a day of the calendar', () => {
  const parse = (reviewOn: string) => takes(inputs.removeExpirationInput, { keyId, reviewOn })
  expect(parse('2028-02-29')).toBe(true)
  for (const wrong of [
    '2026-02-29',
    '0000-01-01',
    '2026-1-1',
    '2026-12-01T00:00:00Z',
    '+12026-01-01',
    '1.12.2026',
  ])
    expect(parse(wrong)).toBe(false)
})

test('an interval is 1 to 365 whole days', () => {
  const parse = (days: unknown) => takes(inputs.replacementIntervalInput, { days })
  for (const right of [1, 30, 365]) expect(parse(right)).toBe(true)
  for (const wrong of [0, -1, 366, 1.5, '30', Infinity, 1e300]) expect(parse(wrong)).toBe(false)
})

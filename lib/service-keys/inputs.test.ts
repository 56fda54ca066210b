import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import * as inputs from './inputs'

const keyId = 'key_0123456789abcdefghijkl'
const serviceUser = { id: 'su_0123456789abcdefghijkl' }
const more = { name: 'Billing sync', accessLevel: 'read', allowedRanges: '10.0.0.0/8' }
const good = { ...more, serviceUser, expiresAt: null }

function problemsOf(schema: z.ZodType, input: unknown): Record<string, string> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return {}
  const problems: Record<string, string> = {}
  for (const issue of parsed.error.issues) problems[issue.path.join('.')] ??= issue.message
  return problems
}
const generating = (change: object) => problemsOf(inputs.generateInput, { ...good, ...change })
const fieldsOf = (change: object) => Object.keys(generating(change))

test('every input takes what it names and nothing besides', () => {
  const all: [z.ZodType, object][] = [
    [inputs.generateInput, good],
    [inputs.editInput, { ...more, keyId, changedAt: '2026-03-01T10:00:00.123Z' }],
    [inputs.rotateInput, { keyId, secretId: 'sec_0123456789abcdefghijkl', overlapHours: 168 }],
    [inputs.serviceKeyInput, { keyId }],
    [inputs.deleteInput, { keyId, typedName: 'x' }],
    [inputs.disableManyInput, { keyIds: [keyId] }],
    [inputs.deleteManyInput, { keyIds: [keyId], typedCount: 1 }],
  ]
  for (const [schema, input] of all) {
    expect(problemsOf(schema, input)).toEqual({})
    for (const field of ['organizationId', 'actor', 'createdAt', 'disabledAt', 'deletedAt', 'now'])
      expect(schema.safeParse({ ...input, [field]: 'x' }).success).toBe(false)
    for (const other of [null, undefined, [], 'text', 7]) expect(schema.safeParse(other).success).toBe(false)
    for (const field of Object.keys(input))
      for (const wrong of [{}, Number.NaN, true])
        expect(schema.safeParse({ ...input, [field]: wrong }).success, `${field} ${wrong}`).toBe(false)
  }
})

describe('a name', () => {
  test('is one line of text that can be seen, with the blanks around it removed', () => {
    const parsed = (name: string) => inputs.generateInput.safeParse({ ...good, name }).data?.name
    expect(parsed('  Büro ✓ 日本 😀\t')).toBe('Büro ✓ 日本 😀')
    expect(parsed('x'.repeat(100))).toHaveLength(100)
    expect(parsed('😀'.repeat(100))).toBe('😀'.repeat(100))
    expect(parsed('e\u0301')).toBe('\u00e9')
  })

  test.each([
    ['nothing', ''],
    ['blanks', ' \u00a0\u2003 '],
    ['what cannot be seen', '\u200b\u200d'],
    ['101 characters', 'x'.repeat(101)],
    ['two lines', 'a\nb'],
    ['two lines of another kind', 'a\u2028b'],
    ['a control character', 'a\u001bb'],
    ['NUL', 'a\0b'],
    ['half a character', 'a\ud83d'],
    ['a change of direction', 'a\u202eb'],
    ['a key', `Billing kt_svc_${'x'.repeat(38)}`],
    ['a number', 7],
  ])('is not %s', (_, name) => {
    expect(fieldsOf({ name })).toEqual(['name'])
    expect(fieldsOf({ serviceUser: { name } })).toEqual(['serviceUser'])
  })
})

test('a service user is chosen or named, and what is wrong with it is said in words', () => {
  expect(generating({ serviceUser: { name: 'Billing' } })).toEqual({})
  for (const wrong of [{}, { id: 'su_1' }, { id: serviceUser.id, name: 'x' }, 'Billing', null])
    expect(fieldsOf({ serviceUser: wrong })).toEqual(['serviceUser'])
  expect(generating({ serviceUser: { name: '' } })).toEqual({ serviceUser: 'Choose a service user.' })
  for (const name of ['none', ' NONE '])
    expect(generating({ serviceUser: { name } }).serviceUser).toMatch(/^Choose another name/)
  expect(generating({ serviceUser: { name: 'x'.repeat(101) } })).toEqual({
    serviceUser: 'Use 100 characters at most.',
  })
})

describe('ranges', () => {
  const read = (allowedRanges: unknown) =>
    inputs.generateInput.safeParse({ ...good, allowedRanges }).data?.allowedRanges

  test('come as lines or as a list, and leave canonical', () => {
    expect(read('')).toEqual([])
    expect(read(' 10.0.0.0/8 \r\n\n2001:DB8:0::/32\n10.0.0.0/8')).toEqual(['10.0.0.0/8', '2001:db8::/32'])
    expect(read(['::ffff:10.0.0.0/104', '192.0.2.1'])).toEqual(['10.0.0.0/8', '192.0.2.1/32'])
  })

  test('are refused with the line and what is wrong there', () => {
    expect(generating({ allowedRanges: '10.0.0.0/8\n10.0.0.1/8' }).allowedRanges).toMatch(/^Line 2: .+/)
    for (const wrong of ['x', ['10.0.0.0/33'], [7], 7, null, 'x\n'.repeat(20_000)])
      expect(fieldsOf({ allowedRanges: wrong })[0]).toMatch(/^allowedRanges/)
    const many = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n}.0/24`)
    expect(read(many(100))).toHaveLength(100)
    expect(fieldsOf({ allowedRanges: many(101) })).toEqual(['allowedRanges'])
  })
})

describe('an expiry', () => {
  test('has a date, a time and an offset, or is null', () => {
    const parsed = inputs.generateInput.safeParse({ ...good, expiresAt: '2026-06-01T02:00:00+02:00' })
    expect(parsed.data?.expiresAt).toEqual(new Date('2026-06-01T00:00:00Z'))
    expect(generating({ expiresAt: null })).toEqual({})
  })

  test.each([
    '',
    '2026-06-01',
    '2026-06-01T10:00:00',
    '2026-06-01T24:61:00Z',
    '2026-06-01T24:00:00Z',
    '2026-02-30T00:00:00Z',
    '9999-06-01T00:00:00Z',
    '+020000-01-01T00:00:00Z',
    'tomorrow',
    1780272000000,
    undefined,
  ])('is not %s', (expiresAt) => {
    expect(fieldsOf({ expiresAt })).toEqual(['expiresAt'])
  })
})

test('an overlap is 0 to 168 whole hours, and none unless it is asked for', () => {
  const rotating = { keyId, secretId: 'sec_0123456789abcdefghijkl' }
  expect(inputs.rotateInput.parse(rotating).overlapHours).toBe(0)
  for (const overlapHours of [-1, 169, 0.5, '1', Infinity])
    expect(Object.keys(problemsOf(inputs.rotateInput, { ...rotating, overlapHours }))).toEqual([
      'overlapHours',
    ])
})

test('1 to 100 keys at once', () => {
  const ids = (count: number) => Array.from({ length: count }, () => keyId)
  for (const count of [1, 100])
    expect(problemsOf(inputs.disableManyInput, { keyIds: ids(count) })).toEqual({})
  for (const count of [0, 101])
    expect(Object.keys(problemsOf(inputs.deleteManyInput, { keyIds: ids(count) }))).toEqual(['keyIds'])
})

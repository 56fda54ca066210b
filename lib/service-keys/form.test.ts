import { describe, expect, test } from 'vitest'
import { cursorText, parseCursor } from './cursor'
import { readServiceKeyForm } from './form'
import { parseSort, sortTexts, usualSort } from './sort'

const read = (query: string) => readServiceKeyForm(new URLSearchParams(query))
const serviceUserId = 'su_0000000000000000000000'
const keyId = 'key_0000000000000000000000'
const place = { id: 'key_0000000000000000000000', value: '2026-03-10 11:00:00.123456+00' }

describe('the address of the screen', () => {
  test('asks for everything, newest first, unless it says otherwise', () => {
    expect(read('')).toMatchObject({ filter: {}, sort: usualSort, after: null, problems: {} })
    expect(read('').form).toEqual({
      keyId: '',
      name: '',
      state: '',
      accessLevel: '',
      serviceUserId: '',
      unusedDays: '',
      isAnyAddress: '',
      neverExpires: '',
      sort: '-created',
    })
  })

  test('all of it together', () => {
    const sort = { column: 'expires', isDescending: false } as const
    const question = read(
      `keyId=${keyId}&name=%20Sync%09&state=disabled&accessLevel=read-write&serviceUserId=${serviceUserId}&unusedDays=90` +
        `&isAnyAddress=true&neverExpires=true&sort=expires&cursor=${cursorText(sort, place)}`,
    )
    expect(question.problems).toEqual({})
    expect(question).toMatchObject({ sort, after: place })
    expect(question.filter).toEqual({
      keyId,
      name: 'Sync',
      state: 'disabled',
      accessLevel: 'read-write',
      serviceUserId,
      unusedDays: 90,
      isAnyAddress: true,
      neverExpires: true,
    })
  })

  test('what is empty is not asked for', () => {
    expect(
      read(
        'keyId=&name=+&state=&accessLevel=&serviceUserId=&unusedDays=&isAnyAddress=&neverExpires=&sort=&cursor=',
      ),
    ).toMatchObject({ filter: {}, problems: {} })
  })
})

test.each([
  [`name=${'x'.repeat(101)}`, 'name'],
  ['name=a%00b', 'name'],
  ['keyId=key_1', 'keyId'],
  ['state=Active', 'state'],
  ['state=deleted', 'state'],
  ['accessLevel=admin', 'accessLevel'],
  ['serviceUserId=su_1', 'serviceUserId'],
  ['unusedDays=31', 'unusedDays'],
  ['isAnyAddress=1', 'isAnyAddress'],
  ['neverExpires=false', 'neverExpires'],
  ['sort=toString', 'sort'],
  ['sort=--name', 'sort'],
  ['cursor=x', 'cursor'],
])('%s is said to be wrong, and stays in the form', (query, field) => {
  const { problems, form } = read(query)
  expect(Object.keys(problems)).toEqual([field])
  if (field !== 'cursor') expect(form).toMatchObject({ [field]: new URLSearchParams(query).get(field) })
})

describe('a cursor', () => {
  const order = (text: string) => parseSort(text) ?? usualSort
  const encoded = (text: string) => Buffer.from(text).toString('base64url')

  test.each([
    ['created', '2026-03-10 11:00:00+00'],
    ['-lastUsed', '2026-03-10 11:00:00.12+00'],
    ['lastUsed', '-infinity'],
    ['expires', 'infinity'],
    ['-name', 'two  words, ünd 😀'],
  ])('of %s names its place at %s', (sort, value) => {
    const at = { ...place, value }
    expect(parseCursor(cursorText(order(sort), at), order(sort))).toEqual(at)
  })

  test('belongs to its order', () => {
    for (const sort of sortTexts)
      expect(parseCursor(cursorText(usualSort, place), order(sort)) !== null).toBe(sort === '-created')
  })

  test.each([
    ['nothing', ''],
    ['no base64url', '!!!'],
    ['another spelling of a good one', `${cursorText(usualSort, place)}=`],
    ['a good one and more', `${cursorText(usualSort, place)}AAAA`],
    ['no value', encoded(`-created ${place.id}`)],
    ['a hostile id', encoded(`-created key';-- ${place.value}`)],
    ['a hostile value', encoded(`-created ${place.id} now()`)],
    ['the 31st of February', encoded(`-created ${place.id} 2026-02-31 11:00:00+00`)],
    ['the 25th hour', encoded(`-created ${place.id} 2026-02-01 24:00:00+00`)],
    ['the year 0', encoded(`-created ${place.id} 0000-02-01 00:00:00+00`)],
    ['an end of time that no creation has', encoded(`-created ${place.id} infinity`)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
  ])('is not %s', (_, text) => {
    expect(parseCursor(text, usualSort)).toBeNull()
  })

  test('is no name that cannot be one', () => {
    for (const value of ['', 'a\0b', 'x'.repeat(401)])
      expect(
        parseCursor(encoded(`name ${place.id} ${value}`), { column: 'name', isDescending: false }),
      ).toBeNull()
  })
})

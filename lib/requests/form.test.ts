import { describe, expect, test } from 'vitest'
import { cursorText } from './cursor'
import { readForm } from './form'

const now = new Date('2026-03-10T12:00:00Z')
const read = (query: string) => readForm(new URLSearchParams(query), now)
const keyId = 'key_0000000000000000000000'

describe('the address of the screen', () => {
  test('asks for the last 24 hours unless it says otherwise', () => {
    expect(read('').filter).toEqual({ from: new Date('2026-03-09T12:00:00Z') })
    expect(read('time=century').filter).toEqual({ from: new Date('2026-03-09T12:00:00Z') })
    expect(read('time=toString').form.time).toBe('day')
    expect(read('time=hour').filter).toEqual({ from: new Date('2026-03-10T11:00:00Z') })
    expect(read('time=month').filter).toEqual({ from: new Date('2026-02-08T12:00:00Z') })
  })

  test('a pasted id loses the blanks around it, and none within', () => {
    expect(read('customerRequestId=%20%09order%20%201%0A').filter.customerRequestId).toBe('order  1')
  })

  test('what is empty is not asked for', () => {
    const { filter, problems } = read('customerRequestId=&keyId=&outcome=&time=custom&from=&to=&cursor=')
    expect(filter).toEqual({})
    expect(problems).toEqual({})
  })

  test('all of it together', () => {
    const place = { at: '2026-03-10T11:00:00.123456Z', id: 'req_1' }
    const { filter, after, problems } = read(
      `customerRequestId=a&keyId=${keyId}&outcome=denied&time=custom&from=2026-03-01T10:00:00%2B01:00&to=2026-03-02T10:00&cursor=${cursorText(place)}`,
    )
    expect(problems).toEqual({})
    expect(after).toEqual(place)
    expect(filter).toEqual({
      customerRequestId: 'a',
      keyId,
      outcome: 'denied',
      from: new Date('2026-03-01T09:00:00Z'),
      to: new Date('2026-03-02T10:00:00Z'),
    })
  })

  test('a range counts only where it was chosen', () => {
    expect(read('time=hour&from=never&to=2026-03-02T10:00:00Z')).toMatchObject({ problems: {} })
    expect(read('time=hour&from=never&to=2026-03-02T10:00:00Z').filter.to).toBeUndefined()
  })
})

test.each([
  [`customerRequestId=${'x'.repeat(129)}`, 'customerRequestId'],
  ['customerRequestId=caf%C3%A9', 'customerRequestId'],
  ['keyId=key_1', 'keyId'],
  ['outcome=OK', 'outcome'],
  ['time=custom&from=yesterday', 'from'],
  ['time=custom&to=2026-13-01T00:00', 'to'],
  ['time=custom&from=2026-03-02T10:00&to=2026-03-02T10:00', 'to'],
  ['cursor=x', 'cursor'],
])('%s is said to be wrong, and stays in the form', (query, field) => {
  const { problems, form } = read(query)
  expect(Object.keys(problems)).toEqual([field])
  if (field !== 'cursor') expect(form).toMatchObject({ [field]: new URLSearchParams(query).get(field) })
})

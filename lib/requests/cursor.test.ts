import { expect, test } from 'vitest'
import { cursorText, parseCursor } from './cursor'

const place = { at: '2026-03-10T11:00:00.123456Z', id: 'req_8MzqPXv0aLq3Zk0000002a' }
const encoded = (text: string) => Buffer.from(text).toString('base64url')

test('a cursor names its place to the microsecond', () => {
  expect(parseCursor(cursorText(place))).toEqual(place)
})

test.each([
  ['nothing', ''],
  ['no base64url', '!!!'],
  ['another spelling of a good one', `${cursorText(place)}=`],
  ['a good one and more', `${cursorText(place)}AAAA`],
  ['no id', encoded(place.at)],
  ['a hostile id', encoded(`${place.at} '; drop table requests`)],
  ['a line more', encoded(`${place.at} req_1\n`)],
  ['milliseconds only', encoded('2026-03-10T11:00:00.123Z req_1')],
  ['the 31st of February', encoded('2026-02-31T11:00:00.123456Z req_1')],
  ['the 25th hour', encoded('2026-02-01T24:00:00.123456Z req_1')],
  ['the year 0', encoded('0000-02-01T00:00:00.123456Z req_1')],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
])('%s is no cursor', (_, text) => {
  expect(parseCursor(text)).toBeNull()
})

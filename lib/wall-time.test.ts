import { expect, test } from 'vitest'
import { readDate, readTime, readWallTime, type WallTime, wallTimeAt } from './wall-time'

const wall = (text: string): WallTime => {
  const [date = '', time = ''] = text.split(' ')
  const [day, hour] = [readDate(date), readTime(time)]
  if (!day || !hour) throw new Error(`${text} is no wall time`)
  return { ...day, ...hour }
}

test.each([
  ['18:30', { hour: 18, minute: 30 }],
  ['9:05', { hour: 9, minute: 5 }],
  ['9.05', { hour: 9, minute: 5 }],
  ['0905', { hour: 9, minute: 5 }],
  ['00:00', { hour: 0, minute: 0 }],
  ['23:59', { hour: 23, minute: 59 }],
])('%s is a time', (text, time) => expect(readTime(text)).toEqual(time))

test.each(['24:61', '24:00', '12:60', '12:5', '905', '12', '', 'noon', '-1:00', '12:00:00', '١٢:٠٠'])(
  'no clock shows %j',
  (text) => expect(readTime(text)).toBeNull(),
)

test.each(['2026-02-31', '2025-02-29', '2026-13-01', '2026-00-10', '0001-01-01', '12026-01-01', '', 'soon'])(
  'no calendar of ours has %j',
  (text) => expect(readDate(text)).toBeNull(),
)

test('a leap day is a day', () => expect(readDate('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 }))

test.each([
  ['2026-03-28 02:30', 'Europe/Berlin', '2026-03-28T01:30:00.000Z'],
  ['2026-03-30 02:30', 'Europe/Berlin', '2026-03-30T00:30:00.000Z'],
  ['2026-03-29 01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-07-01 00:00', 'Asia/Kolkata', '2026-06-30T18:30:00.000Z'],
  ['2026-07-01 00:00', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z'],
  ['2026-07-01 00:00', 'Pacific/Pago_Pago', '2026-07-01T11:00:00.000Z'],
  ['2026-07-01 12:00', 'UTC', '2026-07-01T12:00:00.000Z'],
])('%s in %s is one moment, %s', (text, zone, at) =>
  expect(readWallTime(wall(text), zone)).toEqual({ kind: 'once', at: new Date(at) }),
)

test.each([
  ['2026-03-29 02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ['2026-09-06 00:30', 'America/Santiago', '2026-09-06T04:30:00.000Z'],
])('the clocks jump over %s in %s, which means %s', (text, zone, at) =>
  expect(readWallTime(wall(text), zone)).toEqual({ kind: 'skipped', at: new Date(at) }),
)

test.each([
  ['2026-10-25 02:00', 'Europe/Berlin', '2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
  ['2026-10-25 02:59', 'Europe/Berlin', '2026-10-25T00:59:00.000Z', '2026-10-25T01:59:00.000Z'],
  ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
  ['2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
])('%s comes twice in %s', (text, zone, first, second) =>
  expect(readWallTime(wall(text), zone)).toEqual({
    kind: 'twice',
    first: new Date(first),
    second: new Date(second),
  }),
)

test('any hour of a year is the moment at which a clock shows it, whatever the zone', () => {
  for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
    for (let at = Date.UTC(2026, 0, 1, 0, 30); at < Date.UTC(2027, 0, 1); at += 5 * 3_600_000) {
      const shown = new Date(at).toLocaleString('sv-SE', { timeZone }).slice(0, 16)
      const reading = readWallTime(wall(shown), timeZone)
      const meant = reading.kind === 'twice' ? [reading.first, reading.second] : [reading.at]
      expect([shown, reading.kind, meant.map(Number)]).toEqual([
        shown,
        reading.kind === 'skipped' ? 'never' : reading.kind,
        expect.arrayContaining([at]),
      ])
    }
})

test('what a clock shows is what it is read by', () => {
  for (const timeZone of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
    for (let at = Date.UTC(2026, 0, 1, 0, 30); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000)
      expect(wallTimeAt(new Date(at), timeZone)).toEqual(
        wall(new Date(at).toLocaleString('sv-SE', { timeZone }).slice(0, 16)),
      )
})

import { expect, test } from 'vitest'
import { byRegion, offsetText, zoneOf } from './time-zones'

const winter = Date.UTC(2026, 0, 15)
const summer = Date.UTC(2026, 6, 15)

test('the offset is that of the moment', () => {
  expect(offsetText('Europe/Berlin', winter)).toBe('UTC+01:00')
  expect(offsetText('Europe/Berlin', summer)).toBe('UTC+02:00')
  expect(offsetText('Asia/Kathmandu', winter)).toBe('UTC+05:45')
  expect(offsetText('America/St_Johns', winter)).toBe('UTC-03:30')
  expect(offsetText('UTC', winter)).toBe('UTC+00:00')
})

test.each([
  ['UTC', '', 'UTC (UTC+00:00)'],
  ['Europe/Berlin', 'Europe', 'Berlin (UTC+01:00)'],
  ['America/New_York', 'America', 'New York (UTC-05:00)'],
  ['America/Argentina/Ushuaia', 'America', 'Ushuaia, Argentina (UTC-03:00)'],
])('%s is found by its place', (name, region, label) => {
  expect(zoneOf(name, winter)).toEqual({ name, region, label })
})

test('UTC comes first, then regions and places by name', () => {
  const zones = ['Europe/Paris', 'Asia/Tokyo', 'UTC', 'Europe/Berlin'].map((name) => zoneOf(name, winter))
  expect(byRegion(zones).map(([region, each]) => [region, each.map(({ name }) => name)])).toEqual([
    ['', ['UTC']],
    ['Asia', ['Asia/Tokyo']],
    ['Europe', ['Europe/Berlin', 'Europe/Paris']],
  ])
})

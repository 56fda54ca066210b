import { expect, test } from 'vitest'
import { payloadJson } from './payload'

const moment = new Date(Date.UTC(2026, 9, 25, 1, 0, 0, 999))
const payload = { at: moment, none: null, list: [moment, { at: moment }], text: '2026-10-25T01:00:00.999Z' }

test('every DateTime at every depth takes the form of the organization, and nothing else does', () => {
  const utc = JSON.parse(payloadJson(payload, { isoUtcFormat: true, timeZone: 'Europe/Berlin' }))
  expect(utc).toEqual({
    at: '2026-10-25T01:00:00Z',
    none: null,
    list: ['2026-10-25T01:00:00Z', { at: '2026-10-25T01:00:00Z' }],
    text: payload.text,
  })
  const local = JSON.parse(payloadJson(payload, { isoUtcFormat: false, timeZone: 'Europe/Berlin' }))
  expect(local).toMatchObject({ at: '2026-10-25T02:00:00', list: ['2026-10-25T02:00:00', {}] })
})

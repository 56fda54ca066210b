import { expect, test } from 'vitest'
import { bodyLimitBytes, refusalOf } from './admit'

const consoleUrl = 'https://keys.example.com'
const statusOf = (method: string, url: string, headers: Record<string, string> = {}) =>
  refusalOf({ method, url, headers }, consoleUrl)?.status ?? 'passes'

test('a body passes up to the limit, and only with its length', () => {
  const post = (headers: Record<string, string>) =>
    statusOf('POST', '/sign-in', { origin: consoleUrl, ...headers })
  expect(post({ 'content-length': String(bodyLimitBytes) })).toBe('passes')
  expect(post({ 'content-length': String(bodyLimitBytes + 1) })).toBe(413)
  expect(post({ 'transfer-encoding': 'chunked' })).toBe(411)
  expect(statusOf('GET', '/', { 'transfer-encoding': 'chunked' })).toBe(411)
})

test('a write from another origin does not pass; one without an origin is for the action to refuse', () => {
  for (const origin of [
    'https://evil.example',
    'null',
    'http://keys.example.com',
    `${consoleUrl}.evil.example`,
    '',
  ]) {
    expect([origin, statusOf('POST', '/settings/api', { origin })]).toEqual([origin, 403])
  }
  expect(statusOf('POST', '/settings/api', { origin: consoleUrl })).toBe('passes')
  expect(statusOf('POST', '/settings/api')).toBe('passes')
  expect(statusOf('GET', '/settings/api', { origin: 'https://evil.example' })).toBe('passes')
})

test('only paths of this server are asked for', () => {
  for (const url of ['*', 'http://evil.example/', 'evil.example:443', '']) {
    expect([url, statusOf('OPTIONS', url)]).toEqual([url, 400])
  }
})

import { describe, expect, test } from 'vitest'
import { openPath, openPathAgain, pagePath, signInPath } from './console-link'

const id = 'org_0123456789ABCDEFGHIJab'

const pages = [
  '/settings/api',
  '/settings/service-keys',
  '/settings/members',
  '/notifications',
  '/requests',
  '/settings/api#media',
  '/settings/api?',
  '/settings/service-keys?keyId=key_0000000000000000000000',
  '/settings/service-keys?name=%22%3E%3Cimg+src%3Dx%3E%26state%3Dactive%23#key_1',
  '/settings/service-keys?name=%F0%9F%98%80',
  '/requests?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z#top',
  '/notifications?next=//evil.example',
]

const refused: [string, unknown][] = [
  ['nothing', undefined],
  ['an empty text', ''],
  ['the start page', '/'],
  ['a list', ['/settings/api', '/settings/api']],
  ['an object that reads like a page', { toString: () => '/settings/api' }],
  ['another server', 'https://evil.example/settings/api'],
  ['another server without a scheme', '//evil.example/settings/api'],
  ['another server by three slashes', '///evil.example/settings/api'],
  ['another server by a backslash', '/\\evil.example'],
  ['another server by two backslashes', '\\\\evil.example'],
  ['another server after a page', '/settings/api\\..\\..\\evil.example'],
  ['another server by a user name', '/settings/api@evil.example'],
  ['a server that begins like ours', '.evil.example/settings/api'],
  ['a scheme without slashes', 'https:evil.example'],
  ['a script', 'javascript:alert(1)//settings/api'],
  ['a script in capitals', 'JaVaScRiPt:alert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['a scheme behind a control character', '\u0001javascript:alert(1)'],
  ['an encoded slash', '/%2Fevil.example'],
  ['an encoded page', '%2Fsettings%2Fapi'],
  ['a page encoded in part', '/settings%2Fapi'],
  ['an encoded backslash', '/%5Cevil.example'],
  ['a tab between slashes', '/\t/evil.example'],
  ['a line break between slashes', '/\n/evil.example'],
  ['a line break at the end', '/settings/api\n'],
  ['a second header', '/settings/api?a=b\r\nLocation: https://evil.example'],
  ['a null', '/settings/api?a=\0'],
  ['a blank before it', ' /settings/api'],
  ['a blank within it', '/settings/api?a= b'],
  ['a line separator', '/settings/api?a=\u2028b'],
  ['a slash that only looks like one', '/\u2215evil.example'],
  ['a slash of full width', '\uff0f\uff0fevil.example'],
  ['half a character', '/settings/api?a=\ud83d'],
  ['two fragments', '/settings/api#a#b'],
  ['live HTML', '/settings/api?"><script>alert(1)</script>'],
  ['the way up', '/settings/api/../../api/auth/signout'],
  ['the way up, encoded', '/settings/api/%2e%2e/%2e%2e/support'],
  ['a page below one', '/settings/api/keys'],
  ['a page that begins like one', '/settings/apis'],
  ['a page in capitals', '/SETTINGS/API'],
  ['a slash at the end', '/settings/api/'],
  ['the support desk', '/support'],
  ['a route', '/api/console/service-keys/export?organization=org_1'],
  ['a link into a link', `/open/${id}?to=/settings/api`],
  ['the sign-in page', '/sign-in?organization=org_1'],
  ['too long a text', `/settings/api?${'a'.repeat(2_000)}`],
]

describe('a link leads', () => {
  test.each(pages)('to %s as it is', (path) => {
    expect(pagePath(path)).toBe(path)
    for (const way of [openPath(id, path), signInPath(id, path)])
      expect(new URL(way, 'http://localhost').searchParams.get('to')).toBe(path)
  })

  test.each(refused)('to the start page for %s', (_, wanted) => {
    expect(pagePath(wanted)).toBe('/')
    expect(openPath(id, wanted)).toBe(`/open/${id}`)
    expect(signInPath(id, wanted)).toBe(`/sign-in?organization=${id}`)
  })
})

const consoleUrl = 'https://keys.example.com'
const way = openPath(id, '/requests?a=b#c')

test.each([way, `${consoleUrl}${way}`, `${way}&to=//evil.example#d`])(
  'a way that is written down is found again: %s',
  (address) => {
    expect(openPathAgain(address, consoleUrl)).toBe(way)
  },
)

test.each([
  '',
  '/',
  '/settings/api',
  '//evil.example',
  `//evil.example${way}`,
  `/\\evil.example${way}`,
  `https://evil.example${way}`,
  `${consoleUrl}.evil.example${way}`,
  `https://keys.example.com:444${way}`,
  `http://keys.example.com${way}`,
  `/open/${id}/../../support`,
  'javascript:alert(1)',
  'https://[',
])('single sign-on ends at the start page for what is no such way: %j', (address) => {
  expect(openPathAgain(address, consoleUrl)).toBe('/')
})

test.each(refused)('what a way that is written down leads to is looked at again: %s', (_, wanted) => {
  const written = `/open/${id}?${new URLSearchParams({ to: String(wanted) })}`
  expect(openPathAgain(written, consoleUrl)).toBe(openPath(id, String(wanted)))
})

test('people can read where it leads', () => {
  expect(openPath(id, '/settings/service-keys?keyId=key_1&a=b#c')).toBe(
    `/open/${id}?to=/settings/service-keys%3FkeyId%3Dkey_1%26a%3Db%23c`,
  )
})

test.each([
  undefined,
  '',
  [id],
  '..',
  '../support',
  'org_1/../../support',
  'org_1?to=',
  'org_1#',
  'org 1',
  'org_1\n',
  '//evil.example',
  '%2e%2e',
  'x'.repeat(65),
])('what cannot be an organization leads nowhere: %j', (organizationId) => {
  expect(openPath(organizationId, '/settings/api')).toBe('/')
  expect(signInPath(organizationId, '/settings/api')).toBe('/sign-in')
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { apiUrl, consoleUrl, ownerSql, signIn } from './fixtures'
import { createOrganization, openWithKey, rowOf } from './organization'
import { claimsOf, closeDialog, view } from './secrets'

test('a Secret is in the answer that reveals it and nowhere else', async ({ page, browser }) => {
  const organization = await createOrganization()
  const answers: { url: string; cacheControl: string | undefined; text: string }[] = []
  // On the way to the browser, because a browser does not keep every body that it has read.
  await page.route(
    (url) => !url.pathname.startsWith('/_next/static/'),
    async (route) => {
      const response = await route.fetch({ maxRedirects: 0, maxRetries: 1 })
      const text = await response.text()
      answers.push({ url: response.url(), cacheControl: response.headers()['cache-control'], text })
      await route.fulfill({ response, body: text })
    },
  )
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  const apiKey = String(claimsOf(secret).client_secret)
  await closeDialog(page)
  await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('status').getByText('API key is valid')).toBeVisible()
  await page.reload()
  await expect(rowOf(page, 'Active')).toBeVisible()

  await page.unrouteAll({ behavior: 'wait' })

  const auditor = await browser.newPage()
  await signIn(auditor, organization.email('auditor'))

  const holds = (text: string) => text.includes(secret) || text.includes(apiKey)
  const revealing = answers.filter((answer) => holds(answer.text))
  expect(revealing).toHaveLength(1)
  expect(revealing[0]?.cacheControl).toContain('no-store')
  for (const each of [page, auditor]) {
    expect(holds(await each.content())).toBe(false)
    expect(
      holds(await each.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))),
    ).toBe(false)
    expect(holds(await each.evaluate(() => JSON.stringify(history.state)))).toBe(false)
  }
  const logs = join(process.env.E2E_DATA_DIR ?? '', 'logs')
  const files = readdirSync(logs)
  expect(files).toContain('api.log')
  for (const file of files)
    expect([file, holds(readFileSync(join(logs, file), 'utf8'))]).toEqual([file, false])
})

test('a Secret that is sent in the wrong places is in no log, row or export', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  const bearer = { authorization: `Bearer ${secret}` }
  const calls: [path: string, headers: Record<string, string>][] = [
    ['/v1/whoami', { ...bearer, 'x-customer-request-id': secret }],
    [`/v1/whoami?customerRequestId=${secret}`, bearer],
    [`/v1/keys/${secret}`, bearer],
    [`/${encodeURIComponent(secret)}`, bearer],
    ['/v1/authz/forward-auth', { ...bearer, 'x-forwarded-uri': `/orders/${secret}?key=${secret}` }],
    [
      '/v1/authz/auth-request',
      { ...bearer, 'x-original-url': `/${secret}`, 'user-agent': secret.slice(0, 200) },
    ],
  ]
  for (const [path, headers] of calls) await fetch(`${apiUrl}${path}`, { headers })
  const rows = () => ownerSql`select * from requests where organization_id = ${organization.id}`
  await expect.poll(async () => (await rows()).length).toBeGreaterThanOrEqual(calls.length)

  const part = secret.split('.')[1] ?? ''
  const holds = (text: string) => text.includes(part)
  expect(holds(JSON.stringify(await rows()))).toBe(false)
  const csv = await page.request.get(
    `${consoleUrl}/api/console/requests/export?organization=${organization.id}`,
  )
  expect(csv.status()).toBe(200)
  const text = await csv.text()
  expect(text.split('\r\n').length).toBeGreaterThan(calls.length)
  expect(holds(text)).toBe(false)
  await closeDialog(page)
  await page.goto('/requests')
  await expect(page.getByRole('row').filter({ hasText: '[token]' }).first()).toBeVisible()
  expect(holds(await page.content())).toBe(false)
  for (const file of ['api.log', 'console.log'])
    expect([file, holds(readFileSync(join(process.env.E2E_DATA_DIR ?? '', 'logs', file), 'utf8'))]).toEqual([
      file,
      false,
    ])
})

test('nothing secret is in what every browser may download', () => {
  const secrets = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(process.env.E2E_DATA_DIR ?? '', 'secrets.json'), 'utf8')))
  const values = Object.values(secrets).map((value) => value.split(':').at(-1) ?? value)
  expect(values.length).toBeGreaterThan(3)
  for (const entry of readdirSync('.next/static', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'latin1')
    expect([entry.name, values.some((value) => text.includes(value))]).toEqual([entry.name, false])
    // A reference to the server's configuration in browser code is how a value gets there with the next build.
    expect([entry.name, /NEXTAUTH_SECRET|MASTER_KEY|RESEND_API_KEY/.test(text)]).toEqual([entry.name, false])
  }
})

test('every response of the console carries the security headers, errors included', async ({
  page,
  request,
}) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('admin'))
  for (const path of [
    '/settings/api',
    '/sign-in',
    '/nowhere',
    '/api/console/organization-keys?organization=x',
    '/api/auth/session',
    '/api/auth/nothing',
    '/_next/static/nothing.js',
    '/%E0%A4%A',
  ]) {
    for (const client of [page.request, request]) {
      const headers = (await client.get(path, { maxRedirects: 0 })).headers()
      expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff'])
      expect([path, headers['referrer-policy']]).toEqual([path, 'no-referrer'])
      expect([path, headers['x-powered-by']]).toEqual([path, undefined])
      expect(headers['content-security-policy']).toMatch(
        /script-src 'self' 'nonce-[^']+' .*frame-ancestors 'none'/,
      )
    }
  }
})

test('what is too large or odd is refused before anything reads it', async ({ request }) => {
  const post = (path: string, data: Buffer | string, headers: Record<string, string> = {}) =>
    request.post(path, { data, headers: { 'content-type': 'text/plain', ...headers }, maxRedirects: 0 })
  const large = Buffer.alloc(1_000_000)
  for (const path of ['/sign-in', '/settings/api', '/api/auth/signin/oidc', '/api/auth/_log']) {
    expect([path, (await post(path, large)).status()]).toEqual([path, 413])
    expect([path, (await post(path, 'x', { origin: 'https://evil.example' })).status()]).toEqual([path, 403])
  }
  for (const path of ['session', 'providers', '_log', 'verify-request', 'signout', 'signin']) {
    expect([path, (await request.get(`/api/auth/${path}`)).status()]).toEqual([path, 404])
  }
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'eA==',
  }
  expect((await request.get('/_next/webpack-hmr', { headers: upgrade })).status()).toBe(404)
})

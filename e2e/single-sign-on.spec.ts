import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { type OpenIdProvider, startOpenIdProvider } from '@/lib/auth/testing/openid-provider'
import { apiUrl, axe, mailboxUrl, ownerSql } from './fixtures'
import { createOrganization } from './organization'

let consoleUrl: string
let console: ChildProcess
let provider: OpenIdProvider

/** A second console on the same database: single sign-on is configured when a console starts. */
test.beforeAll(async () => {
  const port = await freePort()
  consoleUrl = `http://localhost:${port}`
  provider = await startOpenIdProvider(consoleUrl)
  console = spawn(process.execPath, ['--import', 'tsx', 'lib/console/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: process.env.E2E_DATABASE_URL,
      CONSOLE_URL: consoleUrl,
      NEXTAUTH_URL: consoleUrl,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
      MASTER_KEY: `e2e:${randomBytes(32).toString('base64')}`,
      API_URL: apiUrl,
      EMAIL_FROM: 'Keyturn <no-reply@keyturn.example>',
      RESEND_API_KEY: 're_e2e',
      RESEND_BASE_URL: mailboxUrl,
      LOG_LEVEL: 'warn',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Northwind Login',
    },
  })
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100))
    if (await fetch(`${consoleUrl}/sign-in`).catch(() => null)) return
  throw new Error('the console did not start')
})

test.afterAll(async () => {
  console.kill()
  await provider.close()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function continueWithProvider(page: Page): Promise<void> {
  await page.goto(`${consoleUrl}/sign-in`)
  await page.getByRole('button', { name: 'Continue with Northwind Login' }).click()
}

test('a verified address of a member signs in', async ({ page }) => {
  const email = (await createOrganization()).email('admin')
  provider.person = { sub: email, name: 'Ada', email, email_verified: true }
  await page.goto(`${consoleUrl}/sign-in`)
  await axe(page)
  await continueWithProvider(page)
  await expect(page).toHaveURL(`${consoleUrl}/settings/api`)
  await expect(page.getByRole('heading', { name: 'API', exact: true })).toBeVisible()
  const [event] = await ownerSql`select address, user_agent, details from audit_events
    where action = 'session.signed-in' and actor_name = ${email}`
  expect(event).toMatchObject({ details: { method: 'single sign-on' } })
})

test('who came by the link of a mail is led on to what it is about', async ({ page }) => {
  const organization = await createOrganization()
  const email = organization.email('admin')
  provider.person = { sub: `${email} again`, name: 'Ada', email, email_verified: true }
  await page.goto(`${consoleUrl}/open/${organization.id}?to=/settings/members%3Fq%3DAda%23top`)
  await page.getByRole('button', { name: 'Continue with Northwind Login' }).click()
  await expect(page).toHaveURL(`${consoleUrl}/settings/members?q=Ada#top`)
})

for (const [name, person] of [
  ['an address that the provider has not verified', { email_verified: false }],
  ['an address without an account', { email: `stranger-${Date.now()}@example.com` }],
] as const)
  test(`${name} is told so, and no user is made`, async ({ page }) => {
    const email = (await createOrganization()).email('admin')
    provider.person = { sub: name, email, email_verified: true, ...person }
    await continueWithProvider(page)
    await expect(page).toHaveURL(/\/sign-in\?/)
    await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
    await page.goto(`${consoleUrl}/settings/api`)
    await expect(page).toHaveURL(/\/sign-in/)
    expect(await ownerSql`select 1 from accounts where provider_account_id = ${name}`).toEqual([])
    expect(await ownerSql`select 1 from users where email like 'stranger-%'`).toEqual([])
  })

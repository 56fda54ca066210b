import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { createUser } from '@/db/factories'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { Browser } from './testing/browser'
import { type AuthConsole, startAuthConsole } from './testing/console'
import { type OpenIdProvider, startOpenIdProvider } from './testing/openid-provider'

let database: FreshDatabase
let mounted: AuthConsole
let consoleUrl: string
let provider: OpenIdProvider
let email: string
let count = 0

beforeAll(async () => {
  database = await freshDatabase()
  mounted = await startAuthConsole()
  consoleUrl = mounted.url
  provider = await startOpenIdProvider(consoleUrl)
  setTestEnvironment(database.url, {
    CONSOLE_URL: consoleUrl,
    NEXTAUTH_URL: consoleUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  })
})

afterAll(async () => {
  await closeDatabase()
  await provider.close()
  await mounted.close()
  await database.drop()
})

beforeEach(async () => {
  email = `ann${++count}@example.com`
  await createUser({ email })
  provider.person = { sub: `sub-${count}`, name: 'Ann', email, email_verified: true }
})

const refusedAs = (error: string) => expect.stringMatching(new RegExp(`/sign-in\\?.*error=${error}`))

describe('a tampered answer is refused:', () => {
  async function refused(browser: Browser, url: string) {
    expect(await browser.end(url)).toEqual(refusedAs('OAuthCallback'))
    expect(await browser.session).toBeNull()
  }
  const changed = (url: string, name: string, value: string | null) => {
    const edited = new URL(url)
    if (value === null) edited.searchParams.delete(name)
    else edited.searchParams.set(name, value)
    return edited.href
  }
  for (const [name, value] of [
    ['state', 'forged'],
    ['state', null],
    ['code', 'forged'],
    ['iss', 'http://localhost:1'],
  ] as const)
    test(`${name} ${value ?? 'missing'} on the way back`, async () => {
      const browser = new Browser(consoleUrl)
      await refused(browser, changed(await browser.atProvider(await browser.begin()), name, value))
    })

  for (const [name, value] of [
    ['nonce', 'forged'],
    ['nonce', null],
    ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  ] as const)
    test(`${name} ${value ?? 'missing'} on the way there`, async () => {
      const browser = new Browser(consoleUrl)
      await refused(browser, await browser.atProvider(changed(await browser.begin(), name, value)))
    })

  test('one that another browser began', async () => {
    const attacker = new Browser(consoleUrl)
    const answer = await attacker.atProvider(await attacker.begin())
    await refused(new Browser(consoleUrl), answer)
  })

  test('one that was used before', async () => {
    const browser = new Browser(consoleUrl)
    const answer = await browser.atProvider(await browser.begin())
    await browser.go(answer)
    expect(await browser.session).toMatchObject({ email })
    browser.sessionToken = ''
    await refused(browser, answer)
  })
})

import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase, db } from '@/db/client'
import { addMember, createOrganization, createUser } from '@/db/factories'
import { type FreshDatabase, freshDatabase } from '@/db/testing/database'
import { setTestEnvironment } from '@/db/testing/environment'
import { createSession } from './session'
import { Browser } from './testing/browser'
import { type AuthConsole, startAuthConsole } from './testing/console'
import { type Identity, type OpenIdProvider, startOpenIdProvider } from './testing/openid-provider'

const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0' }

let database: FreshDatabase
let owner: postgres.Sql
let mounted: AuthConsole
let consoleUrl: string
let provider: OpenIdProvider
let email: string
let count = 0

beforeAll(async () => {
  database = await freshDatabase()
  owner = postgres(database.ownerUrl, { max: 2 })
  mounted = await startAuthConsole(from)
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
  await owner.end()
  await provider.close()
  await mounted.close()
  await database.drop()
})

beforeEach(() => {
  email = `ann${++count}@example.com`
  provider.fullIdToken = false
  provider.person = { sub: `sub-${count}`, name: 'Ann', email, email_verified: true }
})

const people = async () => owner`select id, email from users order by id`
const refusedAs = (error: string) => expect.stringMatching(new RegExp(`/sign-in\\?.*error=${error}`))

describe('single sign-on', () => {
  for (const fullIdToken of [false, true])
    test(`opens the account of a verified address (in the ID token: ${fullIdToken})`, async () => {
      const userId = await createUser({ email, name: 'Ann' })
      const organizationId = await createOrganization({ name: 'Org' })
      await addMember(organizationId, userId, 'admin')
      provider.fullIdToken = fullIdToken
      provider.person.email = email.toUpperCase()
      const browser = new Browser(consoleUrl)
      expect(await browser.signIn()).toBe(`${consoleUrl}/`)
      expect(await browser.session).toMatchObject({ userId, email })
      expect(await owner`select * from accounts where user_id = ${userId}`).toEqual([
        { user_id: userId, type: 'oauth', provider: 'oidc', provider_account_id: `sub-${count}` },
      ])
      const token = browser.sessionToken
      expect(JSON.stringify(await owner`select * from sessions`)).not.toContain(token)
      expect(
        await owner`select action, actor_id, address, user_agent, details from audit_events where chain = ${organizationId}`,
      ).toEqual([
        {
          action: 'session.signed-in',
          actor_id: userId,
          address: from.address,
          user_agent: from.userAgent,
          details: { method: 'single sign-on' },
        },
      ])
    })

  test('twice gives two sessions of one account', async () => {
    const userId = await createUser({ email })
    const browser = new Browser(consoleUrl)
    await browser.signIn()
    const first = browser.sessionToken
    await browser.signIn()
    expect(browser.sessionToken).not.toBe(first)
    expect(await browser.session).toMatchObject({ userId })
    expect(await owner`select 1 from accounts where user_id = ${userId}`).toHaveLength(1)
  })

  test('in a browser where somebody else is signed in opens the own account and links nothing to theirs', async () => {
    const elses = await createUser({ email: `else-${email}` })
    const userId = await createUser({ email })
    const browser = new Browser(consoleUrl)
    const now = new Date()
    browser.sessionToken = await db().transaction((tx) => createSession(tx, elses, now))
    await browser.signIn()
    expect(await browser.session).toMatchObject({ userId, email })
    expect(await owner`select user_id from accounts where user_id in ${owner([elses, userId])}`).toEqual([
      { user_id: userId },
    ])
  })
})

const link = '/open/org_1?to=/settings/api%23media'

test.each([
  [link, link],
  ['/open/org_1?to=//evil.example', '/open/org_1'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/api/auth/csrf', '/'],
  ['javascript:alert(1)', '/'],
])('single sign-on that was begun for %s ends at %s of the console', async (callbackUrl, path) => {
  await createUser({ email })
  expect(await new Browser(consoleUrl).signIn(callbackUrl)).toBe(`${consoleUrl}${path}`)
})

describe('single sign-on is refused, and makes no user,', () => {
  const cases: [string, { known?: boolean } & Partial<Identity>][] = [
    ['without an account', { known: false }],
    ['with an address that the provider has not verified', { email_verified: false }],
    ['with an address of which the provider does not say that it is verified', { email_verified: undefined }],
    ['without an address', { email: undefined }],
  ]
  for (const [name, { known = true, ...facts }] of cases)
    test(name, async () => {
      if (known) await createUser({ email })
      Object.assign(provider.person, facts)
      const before = await people()
      const browser = new Browser(consoleUrl)
      expect(await browser.signIn()).toEqual(refusedAs('AccessDenied'))
      expect(await browser.session).toBeNull()
      expect(await people()).toEqual(before)
      expect(await owner`select 1 from accounts where provider_account_id = ${`sub-${count}`}`).toEqual([])
    })

  test('to an identity that now comes with the address of another account', async () => {
    await createUser({ email })
    const other = `other-${email}`
    await createUser({ email: other })
    await new Browser(consoleUrl).signIn()
    provider.person = { ...provider.person, email: other }
    const browser = new Browser(consoleUrl)
    expect(await browser.signIn()).toEqual(refusedAs('AccessDenied'))
    expect(await browser.session).toBeNull()
  })
})

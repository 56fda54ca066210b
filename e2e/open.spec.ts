import { expect, type Page, test } from '@playwright/test'
import { check, consoleUrl, latestCode, mailsTo, ownerSql, signIn } from './fixtures'
import { insertNotice } from './notices'
import { createOrganization, type Organization } from './organization'

/** A person of the first organization who belongs to the second one as well, and is looking at the first. */
async function signInAtBoth(page: Page, [first, second]: [Organization, Organization]): Promise<void> {
  const email = first.email('admin')
  await ownerSql`insert into memberships (organization_id, user_id, role)
    select ${second.id}, id, 'admin' from users where email = ${email}`
  await signIn(page, email)
  await ownerSql`update sessions set shown_organization_id = ${first.id}
    where user_id = (select id from users where email = ${email})`
}

const twoOrganizations = async (): Promise<[Organization, Organization]> => [
  await createOrganization(),
  await createOrganization(),
]

const linkTo = ({ id }: Organization, path: string) => `/open/${id}?to=${encodeURIComponent(path)}`

/** Fills in the sign-in page that is open. */
async function enter(page: Page, email: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  const asked = new Date()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill(await latestCode(email, asked))
  await page.getByRole('button', { name: 'Continue' }).click()
}

const shownIn = (page: Page) => page.getByRole('combobox', { name: 'Organization' }).locator('option:checked')

test('the link of a mail leads who is signed out to what it is about', async ({ page }) => {
  const organization = await createOrganization()
  const email = organization.email('admin')
  await insertNotice(organization, {
    to: [email],
    kind: 'organization-key-revealed',
    name: 'Bea Second',
    mail: { next_mail_at: new Date() },
  })
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 20_000 }).toBe(1)
  const [mail] = await mailsTo(email)
  const [link = ''] = /http\S*\/open\/\S+/.exec(mail?.text ?? '') ?? []
  expect(link).toBe(`${consoleUrl}/open/${organization.id}?to=/settings/api`)
  await page.goto(link)
  await expect(page).toHaveURL(`${consoleUrl}/sign-in?organization=${organization.id}&to=/settings/api`)
  await enter(page, email)
  await expect(page).toHaveURL(`${consoleUrl}/settings/api`)
  await page.goto(link)
  await expect(page).toHaveURL(`${consoleUrl}/settings/api`)
})

test('another organization is shown when somebody says so, and never by a link', async ({ page }) => {
  const organizations = await twoOrganizations()
  const [first, second] = organizations
  await signInAtBoth(page, organizations)
  const path = '/settings/api?from=mail&a=%26b#media'
  for (let opened = 0; opened < 2; opened++) {
    await page.goto(linkTo(second, path))
    await expect(page.getByRole('heading', { name: `This is about ${second.name}` })).toBeVisible()
    await expect(page.getByText(`You are looking at ${first.name}.`)).toBeVisible()
    await page.getByRole('link', { name: `Back to ${first.name}` }).click()
    await expect(shownIn(page)).toHaveText(first.name)
  }
  await page.goto(linkTo(second, path))
  await page.getByRole('button', { name: `Open ${second.name}` }).click()
  await expect(page).toHaveURL(`${consoleUrl}${path}`)
  await expect(shownIn(page)).toHaveText(second.name)
})

test('who was removed in the meantime is told that it is not for them', async ({ page }) => {
  const organizations = await twoOrganizations()
  const [first, second] = organizations
  await signInAtBoth(page, organizations)
  await page.goto(linkTo(second, '/settings/api'))
  await page.waitForLoadState('networkidle')
  await ownerSql`delete from memberships where organization_id = ${second.id}
    and user_id = (select id from users where email = ${first.email('admin')})`
  await page.getByRole('button', { name: `Open ${second.name}` }).click()
  await expect(page.getByRole('heading', { name: 'Not for this account' })).toBeVisible()
})

test('a stranger learns nothing, and can come back as somebody else', async ({ page }) => {
  const [mine, theirs] = await twoOrganizations()
  await signIn(page, mine.email('admin'))
  const seen: unknown[] = []
  for (const id of [theirs.id, 'org_nowhere', 'platform', '%2e%2e%2fsupport']) {
    const answer = await page.goto(`/open/${id}?to=/settings/members`)
    await expect(page.getByRole('heading', { name: 'Not for this account' })).toBeVisible()
    seen.push([answer?.status(), await page.title(), await page.locator('body').innerText()])
    expect(await page.content()).not.toContain(theirs.name)
  }
  expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1)
  await expect(page.getByText(mine.email('admin'))).toBeVisible()

  await page.goto(linkTo(theirs, '/settings/members?q=Ada'))
  await page.getByRole('button', { name: 'Sign In as Somebody Else' }).click()
  await expect(page).toHaveURL(/\/sign-in\?/)
  await enter(page, theirs.email('admin'))
  await expect(page).toHaveURL(`${consoleUrl}/settings/members?q=Ada`)
})

const evil = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%2fevil.example',
  '/settings/api\r\nLocation: https://evil.example',
  '/settings/api/../../../evil.example',
  'javascript:alert(1)',
  '/api/console/service-keys/export',
]

test('no way leads out of the console', async ({ page, request }) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('admin'))
  const leads = async (context: typeof request, address: string) => {
    const answer = await context.get(address, { maxRedirects: 0 })
    return [answer.status(), answer.headers().location]
  }
  const { id } = organization
  for (const wanted of evil) {
    const query = new URLSearchParams({ to: wanted })
    expect([wanted, ...(await leads(page.request, `/open/${id}?${query}`))]).toEqual([wanted, 307, '/'])
    expect([wanted, ...(await leads(request, `/open/${id}?${query}`))]).toEqual([
      wanted,
      307,
      `/sign-in?organization=${id}`,
    ])
    query.set('organization', id)
    expect([wanted, ...(await leads(page.request, `/sign-in?${query}`))]).toEqual([
      wanted,
      307,
      `/open/${id}`,
    ])
    query.set('organization', wanted)
    expect([wanted, ...(await leads(page.request, `/sign-in?${query}`))]).toEqual([wanted, 307, '/'])
  }
  const twice = '?to=/settings/api&to=//evil.example'
  expect(await leads(page.request, `/open/${id}${twice}`)).toEqual([307, '/'])
  expect(await leads(request, '/open/%2e%2e%2f%2fevil.example?to=/settings/api')).toEqual([307, '/sign-in'])

  const other = await page.context().browser()?.newPage()
  if (!other) throw new Error('no browser')
  await other.goto(`/sign-in?organization=//evil.example&to=//evil.example`)
  await enter(other, organization.email('auditor'))
  await expect(other).toHaveURL(`${consoleUrl}/settings/api`)
})

const screens = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
  { colorScheme: 'light', width: 390 },
] as const

for (const { colorScheme, width } of screens) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } })

    test('axe finds nothing where a link asks or refuses', async ({ page }) => {
      const [first, second] = await twoOrganizations()
      await ownerSql`update organizations set name = ${'Consolidated Überlandwerke and Partners '.repeat(2).trim()}
        where id = ${second.id}`
      await signInAtBoth(page, [first, second])
      await page.goto(linkTo(second, '/settings/api'))
      await expect(page.getByRole('heading', { name: /^This is about Consolidated/ })).toBeVisible()
      await check(page)
      await page.goto('/open/org_nowhere')
      await expect(page.getByRole('heading', { name: 'Not for this account' })).toBeVisible()
      await check(page)
    })
  })
}

import { expect, type Page, test } from '@playwright/test'
import { call } from './actions'
import { check, consoleUrl, latestCode, mailsTo, ownerSql, signIn } from './fixtures'
import { createOrganization, type Organization, openWithKey } from './organization'
import { closeDialog, dialogCloses } from './secrets'

const dialog = (page: Page) => page.getByRole('dialog')
const alert = (page: Page, words: string | RegExp) => page.getByRole('alert').filter({ hasText: words })
const members = (page: Page) => page.getByRole('table', { name: 'Members of the organization, by name' })
const invitations = (page: Page) => page.getByRole('table', { name: 'Open invitations, newest first' })
const groups = (page: Page) => page.getByRole('table', { name: 'Groups, by name' })
const rowOf = (page: Page, text: string) => members(page).getByRole('row').filter({ hasText: text })

async function openMembers(
  page: Page,
  organization: Organization,
  role: Parameters<Organization['email']>[0],
) {
  await signIn(page, organization.email(role))
  await page.goto('/settings/members')
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible()
}

async function choose(page: Page, member: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${member}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await expect(dialog(page)).toBeVisible()
}

async function invite(page: Page, addresses: string, role = 'Developer'): Promise<void> {
  await page.getByRole('button', { name: 'Invite' }).click()
  await dialog(page).getByLabel('Email addresses').fill(addresses)
  await dialog(page).getByRole('radio', { name: role }).check()
  await dialog(page).getByRole('button', { name: 'Send Invitation' }).click()
}

/** The path of the link in the newest invitation. */
async function linkTo(email: string): Promise<string> {
  const [mail] = (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Invitation to'))
  return /\/join\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? ''
}

async function joinBy(page: Page, link: string, email: string, name = ''): Promise<void> {
  await page.goto(link)
  const asked = new Date()
  await page.getByRole('button', { name: 'Send Code' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill(await latestCode(email, asked))
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: /^Join / }).click()
  await expect(page).not.toHaveURL(/\/join\//)
}

test('invited, joined, given a role, removed: the session is dead at page, action and route', async ({
  page,
  browser,
  playwright,
}) => {
  test.setTimeout(180_000)
  const organization = await createOrganization()
  const guest = organization.email('member').replace('member', 'guest')
  await openMembers(page, organization, 'admin')
  await expect(page.getByText('Nobody gets account alerts.')).toBeVisible()
  await invite(page, guest)
  await expect(page.getByRole('status').getByText(`${guest} is invited`)).toBeVisible()
  const invited = invitations(page).getByRole('row').filter({ hasText: guest })
  await expect(invited).toContainText(/Developer.*by Ada admin.*Ends in 6 days 23 h/)

  const link = await linkTo(guest)
  const theirs = await browser.newPage()
  await theirs.goto(link)
  await theirs.reload()
  await expect(theirs.getByRole('heading', { name: `Join ${organization.name}` })).toBeVisible()
  await expect(theirs.getByText(guest)).toBeVisible()
  await joinBy(theirs, link, guest, 'Gus Guest')
  expect((await theirs.goto(link))?.status()).toBe(404)
  await expect(theirs.getByRole('heading', { name: 'This invitation is not open' })).toBeVisible()
  await theirs.goto('/settings/members')
  await expect(theirs.getByRole('region', { name: 'Your membership' })).toContainText('Developer')

  await page.reload()
  await expect(invitations(page)).toBeHidden()
  await choose(page, 'Gus Guest', 'Change role')
  await dialog(page).getByRole('radio', { name: 'Auditor' }).check()
  await expect(dialog(page).getByRole('status')).toContainText('generate, change and delete service keys')
  await dialog(page).getByRole('button', { name: 'Change Role' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(rowOf(page, guest)).toContainText('Auditor')
  await theirs.reload()
  await expect(members(theirs)).toBeVisible()
  await expect(theirs.getByRole('button', { name: 'Invite' })).toBeHidden()

  const old = await playwright.request.newContext({
    baseURL: consoleUrl,
    storageState: await theirs.context().storageState(),
  })
  const route = `/api/console/organization-keys?organization=${organization.id}`
  expect((await old.get(route)).status()).toBe(200)
  await choose(page, 'Gus Guest', 'Remove')
  await expect(dialog(page)).toContainText(guest)
  await dialog(page).getByRole('button', { name: 'Remove Member' }).click()
  await expect(page.getByRole('status').getByText('Gus Guest is removed')).toBeVisible()
  await expect(rowOf(page, guest)).toHaveCount(0)
  await expect(page.locator('#content')).toBeFocused()
  expect((await old.get(route)).status()).toBe(401)
  expect((await old.get('/settings/members', { maxRedirects: 0 })).headers().location).toBe('/sign-in')
  expect((await call(old, 'leaveOrganization', [organization.id, {}])).reason).toBe('signed-out')
  await theirs.reload()
  await expect(theirs).toHaveURL(/\/sign-in/)
  await old.dispose()
})

test('who belongs to another organization loses only this one, at the next request', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const [mine, theirs] = [await createOrganization(), await createOrganization()]
  await ownerSql`insert into memberships (organization_id, user_id, role)
    select ${mine.id}, id, 'admin' from users where email = ${theirs.email('developer')}`
  const other = await browser.newPage()
  await signIn(other, theirs.email('developer'))
  const route = `/api/console/organization-keys?organization=${mine.id}`
  expect((await other.request.get(route)).status()).toBe(200)
  await openMembers(page, mine, 'admin')
  const email = theirs.email('developer')
  await rowOf(page, email).getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(dialog(page)).toContainText('A Secret that they have copied keeps working.')
  await dialog(page).getByRole('button', { name: 'Remove Member' }).click()
  await dialogCloses(page)
  await expect(rowOf(page, email)).toHaveCount(0)
  expect((await other.request.get(route)).status()).toBe(403)
  await other.goto('/settings/members')
  await expect(other.getByRole('heading', { name: `${theirs.name}'s members are not shown` })).toBeVisible()
})

test('the last admin stays; of two who remove each other one does', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const second = await browser.newPage()
  await openMembers(page, organization, 'admin')
  await openMembers(second, organization, 'second-admin')
  await choose(page, 'Bea Second', 'Remove')
  await choose(second, 'Ada admin', 'Change role')
  await dialog(second).getByRole('radio', { name: 'Member' }).check()
  await dialog(page).getByRole('button', { name: 'Remove Member' }).click()
  await dialogCloses(page)
  await expect(rowOf(page, 'Bea Second')).toHaveCount(0)
  await dialog(second).getByRole('button', { name: 'Change Role' }).click()
  await expect(second).toHaveURL(/\/sign-in/)

  const own = page.getByRole('region', { name: 'Your membership' })
  await expect(own).toContainText('You are the only admin')
  await expect(own.getByRole('button', { name: 'Leave' })).toBeDisabled()
  await page.getByRole('button', { name: 'Actions for Ada admin' }).click()
  for (const name of ['Change role', 'Leave']) {
    const item = page.getByRole('menuitem', { name })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toHaveAccessibleDescription('Make somebody else an admin first.')
  }
  const [row] = await ownerSql`select id from users where email = ${organization.email('admin')}`
  const demotion = { userId: row?.id, from: 'admin', role: 'member' }
  for (const [name, input] of [
    ['changeRole', demotion],
    ['leaveOrganization', {}],
  ] as const)
    expect((await call(page.request, name, [organization.id, input])).reason).toBe('last-admin')
})

test('an own demotion warns, and works at once', async ({ page }) => {
  const organization = await createOrganization()
  await openMembers(page, organization, 'second-admin')
  await choose(page, 'Bea Second', 'Change role')
  await dialog(page).getByRole('radio', { name: 'Member' }).check()
  await expect(dialog(page).getByRole('status')).toContainText('Only another admin can give it back to you.')
  await dialog(page).getByRole('button', { name: 'Change Role' }).click()
  await expect(page.getByRole('heading', { name: /members are not shown to your role/ })).toBeVisible()
})

test('everybody may leave, and is signed out where nothing is left', async ({ page }) => {
  const organization = await createOrganization()
  await openMembers(page, organization, 'member')
  await expect(
    page.getByRole('heading', { name: `${organization.name}'s members are not shown to your role` }),
  ).toBeVisible()
  await ownerSql`insert into groups values (${organization.id.replace('org', 'grp')}, ${organization.id}, 'Operations', true, now())`
  await ownerSql`insert into group_members select ${organization.id}, ${organization.id.replace('org', 'grp')}, user_id
    from memberships where organization_id = ${organization.id}`
  await page.reload()
  await expect(page.getByText('You are in Operations, and get account alerts.')).toBeVisible()
  const all = await page.content()
  for (const kept of [organization.email('admin'), 'Ada admin', 'Bea Second'])
    expect([kept, all.includes(kept)]).toEqual([kept, false])
  await page.getByRole('button', { name: 'Leave' }).click()
  await dialog(page).getByRole('button', { name: 'Leave Organization' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
})

test('auditors see members, invitations and groups, and act on nothing', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const admin = await browser.newPage()
  await openMembers(admin, organization, 'admin')
  await invite(admin, `seen-${organization.email('member')}`)
  await expect(invitations(admin)).toBeVisible()
  await openMembers(page, organization, 'auditor')
  await expect(members(page).getByRole('row')).toHaveCount(6)
  await expect(invitations(page).getByRole('row')).toHaveCount(2)
  for (const name of ['Invite', 'New group', 'Resend', 'Withdraw'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0)
})

test('an invitation that is sent again or withdrawn has one link that works, or none', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const guest = organization.email('member').replace('member', 'guest')
  await openMembers(page, organization, 'admin')
  await invite(page, `${guest}, ${organization.email('auditor')}`, 'Auditor')
  await expect(dialog(page).getByRole('heading', { name: 'Not all were invited' })).toBeVisible()
  await expect(dialog(page)).toContainText(`Members already${organization.email('auditor')}`)
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()
  const first = await linkTo(guest)
  await page.getByRole('button', { name: 'Resend' }).click()
  await expect(page.getByRole('status').getByText(`Sent to ${guest}`)).toBeVisible()
  const second = await linkTo(guest)
  expect(second).not.toBe(first)
  const theirs = await browser.newPage()
  expect((await theirs.goto(first))?.status()).toBe(404)
  const closed = await theirs.locator('body').innerText()
  expect((await theirs.goto(second))?.status()).toBe(200)
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await dialog(page).getByRole('button', { name: 'Withdraw' }).click()
  await dialogCloses(page)
  await expect(invitations(page)).toBeHidden()
  await theirs.getByRole('button', { name: 'Send Code' }).click()
  await expect(theirs.getByRole('heading', { name: 'This invitation is not open' })).toBeVisible()
  await ownerSql`insert into invitations (id, organization_id, email, role, token_digest, created_at, created_by, expires_at)
    select ${`inv_${organization.id}`}, ${organization.id}, ${guest}, 'member', sha256('expired'), now() - interval '8 days', id, now() - interval '1 day'
    from users where email = ${organization.email('admin')}`
  for (const path of [second, '/join/expired', '/join/unknown']) {
    expect((await theirs.goto(path))?.status()).toBe(404)
    expect(await theirs.locator('body').innerText()).toBe(closed)
  }
  await page.reload()
  await expect(invitations(page)).toContainText('Expired')
})

test('an account that is there joins too; who is signed in as somebody else is told', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const [mine, theirs] = [await createOrganization(), await createOrganization()]
  const guest = theirs.email('auditor')
  await openMembers(page, mine, 'admin')
  await invite(page, guest, 'Admin')
  await expect(invitations(page)).toContainText(guest)
  const other = await browser.newPage()
  await signIn(other, theirs.email('member'))
  await other.goto(await linkTo(guest))
  await expect(other.getByText(`You are signed in as Ada member (${theirs.email('member')})`)).toBeVisible()
  await joinBy(other, await linkTo(guest), guest, 'Not taken')
  await other.goto('/settings/members')
  await expect(rowOf(other, guest)).toContainText('Ada auditor')
  await expect(other.getByRole('combobox', { name: 'Organization' })).toHaveValue(mine.id)
})

test('groups: made, filled, subscribed, renamed, deleted; the page says who gets the alerts', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openMembers(page, organization, 'admin')
  await page.getByRole('button', { name: 'New group' }).click()
  await dialog(page).getByRole('button', { name: 'Create Group' }).click()
  await expect(alert(page, 'Enter a name.')).toBeVisible()
  await expect(dialog(page).getByLabel('Name')).toBeFocused()
  await dialog(page).getByLabel('Name').fill('Operations')
  await dialog(page).getByRole('button', { name: 'Create Group' }).click()
  await expect(groups(page).getByRole('row')).toHaveCount(2)

  await choose(page, 'Ada developer', 'Change groups')
  await dialog(page).getByRole('checkbox', { name: 'Operations' }).check()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(rowOf(page, 'Ada developer')).toContainText('Operations')
  await expect(page.getByText('Nobody gets account alerts.')).toBeVisible()
  await page.getByRole('switch', { name: 'Account alerts for Operations' }).click()
  await expect(page.getByText('go to Ada developer.')).toBeVisible()
  await groups(page).getByRole('link', { name: 'Ada developer' }).click()
  await expect(page).toHaveURL(/\?group=grp_/)
  await expect(members(page).getByRole('row')).toHaveCount(2)

  await page.getByRole('button', { name: 'New group' }).click()
  await dialog(page).getByLabel('Name').fill('OPERATIONS')
  await dialog(page).getByRole('button', { name: 'Create Group' }).click()
  await expect(alert(page, 'There is a group “Operations” already.')).toBeVisible()
  await closeDialog(page)
  await choose(page, 'the group Operations', 'Rename')
  await dialog(page).getByLabel('Name').fill('Night shift')
  await dialog(page).getByRole('button', { name: 'Rename' }).click()
  await expect(groups(page)).toContainText('Night shift')
  await choose(page, 'the group Night shift', 'Delete')
  await dialog(page).getByRole('button', { name: 'Delete Group' }).click()
  await expect(page.getByText('There is no group yet.')).toBeVisible()
  await expect(page.getByText('Nobody gets account alerts.')).toBeVisible()
})

test('thousands of members: pages follow one another, and the search finds one', async ({ page }) => {
  const organization = await createOrganization()
  const mark = organization.id.slice(-6)
  await ownerSql`insert into users (id, name, email)
    select 'usr_' || ${mark} || n, 'Person ' || lpad(n::text, 4, '0'), 'p' || n || ${`-${mark}@example.com`}
    from generate_series(1, 3000) n`
  await ownerSql`insert into memberships (organization_id, user_id, role)
    select ${organization.id}, id, 'developer' from users where id like ${`usr_${mark}%`}`
  await openMembers(page, organization, 'admin')
  await expect(page.getByRole('heading', { name: '3,005 members' })).toBeVisible()
  await page.getByRole('searchbox').fill('person')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(members(page).getByRole('rowheader').first()).toContainText('Person 0001')
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(members(page).getByRole('rowheader').first()).toContainText('Person 0051')
  await page.getByRole('link', { name: 'First page' }).click()
  await expect(members(page).getByRole('rowheader').first()).toContainText('Person 0001')
  await page.getByRole('searchbox').fill('P2999-')
  await page.getByRole('searchbox').press('Enter')
  await expect(members(page).getByRole('row')).toHaveCount(2)
  await page.getByRole('searchbox').fill('100 %')
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByText('No member has “100 %” in the name or the address.')).toBeVisible()
  await page.getByRole('link', { name: 'Show all members' }).click()
  await expect(page).toHaveURL(/\/settings\/members$/)
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const)
  test(`axe finds nothing at Members and when joining: ${colorScheme}, ${width} px`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(180_000)
    const organization = await createOrganization()
    const guest = `${'long'.repeat(12)}-${organization.email('member')}`
    await ownerSql`update users set name = ${'Longname'.repeat(12)} where email = ${organization.email('developer')}`
    await ownerSql`insert into groups values (${organization.id.replace('org', 'grp')}, ${organization.id}, ${'Longname'.repeat(12)}, true, now())`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 844 })
    await openWithKey(page, organization)
    await page.goto('/settings/members')
    await check(page)
    await page.getByRole('button', { name: 'Invite' }).click()
    await dialog(page).getByRole('button', { name: 'Send Invitation' }).click()
    await expect(alert(page, 'Enter an email address.')).toBeVisible()
    await check(page)
    await dialog(page)
      .getByLabel('Email addresses')
      .fill(`${guest} ${organization.email('auditor')}`)
    await dialog(page).getByRole('button', { name: 'Send Invitation' }).click()
    await expect(dialog(page).getByRole('heading', { name: 'Not all were invited' })).toBeVisible()
    await check(page)
    await closeDialog(page)
    await check(page)
    for (const item of ['Change role', 'Change groups', 'Remove']) {
      await choose(page, 'Longname'.repeat(12), item)
      if (item === 'Change role') await dialog(page).getByRole('radio', { name: 'Member' }).check()
      await check(page)
      await closeDialog(page)
    }
    await choose(page, 'Ada admin', 'Leave')
    await check(page)
    await closeDialog(page)
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } })
    const theirs = await context.newPage()
    await signIn(theirs, organization.email('member'))
    await theirs.goto('/settings/members')
    await check(theirs)
    await theirs.goto(await linkTo(guest))
    await check(theirs)
    await theirs.getByRole('button', { name: 'Send Code' }).click()
    await theirs.getByRole('textbox', { name: 'Code' }).fill('12')
    await theirs.getByRole('button', { name: /^Join / }).click()
    await expect(alert(theirs, '6 digits')).toBeVisible()
    await check(theirs)
    await theirs.goto('/join/nowhere')
    await check(theirs)
  })

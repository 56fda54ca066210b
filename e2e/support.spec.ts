import { expect, type Page, test } from '@playwright/test'
import { apiUrl, check, mailsTo, ownerSql, signIn } from './fixtures'
import { bell, notice } from './notices'
import { createOrganization, type Organization, openSection, openWithKey } from './organization'
import { closeDialog, dialogCloses, view } from './secrets'

const mebibyte = 1_048_576
const staff = 'support@example.com'
const dialog = (page: Page) => page.getByRole('dialog')
const alert = (page: Page, words: string | RegExp) => page.getByRole('alert').filter({ hasText: words })
const facts = (page: Page) => page.getByRole('region', { name: 'Media limit' })
const history = (page: Page) => page.getByRole('region', { name: 'History' })

async function atDesk(page: Page, organization: Organization): Promise<void> {
  await signIn(page, staff)
  await page.goto(`/support/${organization.id}`)
  await expect(page.getByRole('heading', { name: organization.name })).toBeVisible()
}

async function ask(organization: Organization, wantedBytes = 20 * mebibyte, reason = 'Scans of contracts') {
  const asker = ownerSql`(select id from users where email = ${organization.email('admin')})`
  await ownerSql`insert into media_limit_requests (id, organization_id, wanted_bytes, reason, created_at, created_by)
    values (${organization.id.replace('org', 'mlr')}, ${organization.id}, ${wantedBytes}, ${reason}, now() - interval '3 days', ${asker})`
}

/** The mails of this subject that somebody got, once there is one: they are on their way while the desk goes on. */
async function noticeMails(organization: Organization, role: 'admin' | 'second-admin', title: string) {
  const found = async () =>
    (await mailsTo(organization.email(role))).filter(
      ({ subject }) => subject === `${organization.name}: ${title}`,
    )
  await expect.poll(async () => (await found()).length).toBeGreaterThan(0)
  return found()
}

/** What the API tells a gateway about the limit, for every call. */
async function enforcedLimit(secret: string): Promise<string | null> {
  const headers = {
    authorization: `Bearer ${secret}`,
    'x-forwarded-method': 'GET',
    'x-forwarded-uri': '/orders',
  }
  const response = await fetch(`${apiUrl}/v1/authz/forward-auth`, { headers })
  return response.headers.get('x-media-limit-bytes')
}

/** The text that a field for date and time takes, in the reader's zone. */
const localText = (page: Page, at: Date) =>
  page.evaluate((time) => {
    const date = new Date(time)
    return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  }, at.getTime())

test('staff start at their desk, find an organization by its name and by its id', async ({ page }) => {
  const organization = await createOrganization()
  await ask(organization)
  await signIn(page, staff)
  await expect(page).toHaveURL(/\/support$/)
  await expect(page.getByRole('region', { name: 'Open requests' })).toBeVisible()

  for (const text of [organization.name.toUpperCase(), organization.id]) {
    await page.getByRole('searchbox').fill(text)
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\?q=/)
    const row = page.getByRole('row').filter({ hasText: organization.id })
    await expect(page.getByRole('row')).toHaveCount(2)
    await expect(row).toContainText('5 MiB')
    await expect(row).toContainText('20 MiB')
    await expect(row).toContainText('3 days ago')
    await expect(row).toContainText('Never')
  }
  await page.getByRole('checkbox', { name: 'With an open request' }).check()
  await page.getByRole('searchbox').press('Enter')
  await expect(page).toHaveURL(/requests=open/)
  await page.getByRole('link', { name: organization.name }).click()
  await expect(page.getByRole('heading', { name: 'Asks for 20 MiB (20,971,520 bytes)' })).toBeVisible()
  await page.goBack()
  await page.getByRole('searchbox').fill('no such organization %')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(
    page.getByText('No organization with an open request has “no such organization %”'),
  ).toBeVisible()
  await page.getByRole('link', { name: 'Show all organizations' }).click()
  await expect(page).toHaveURL(/\/support$/)
})

test('pages follow one another, and the way back is there', async ({ page }) => {
  const mark = (await createOrganization()).id.slice(-6)
  await ownerSql`insert into organizations (id, name)
    select 'org_page' || ${mark} || n, 'Page ' || ${mark} || ' ' || lpad(n::text, 3, '0') from generate_series(1, 60) n`
  await signIn(page, staff)
  await page.goto(`/support?q=Page+${mark}`)
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveCount(25)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(rows.first()).toContainText(`Page ${mark} 026`)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(rows).toHaveCount(10)
  await expect(page.getByRole('link', { name: 'Next page' })).toBeHidden()
  await page.getByRole('link', { name: 'First page' }).click()
  await expect(rows.first()).toContainText(`Page ${mark} 001`)
})

test('a change with an end: the API enforces it within a second, and falls back by itself', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const admins = await browser.newPage()
  await openWithKey(admins, organization)
  const secret = await view(admins, 'Active', organization.email('admin'))
  await closeDialog(admins)
  expect(await enforcedLimit(secret)).toBe(String(5 * mebibyte))

  await atDesk(page, organization)
  await page.getByRole('button', { name: 'Change limit' }).click()
  await dialog(page).getByLabel('New limit').fill('20')
  await expect(dialog(page)).toContainText('20,971,520 bytes, 26.7 MiB as Base64 (27,962,028 characters)')
  await dialog(page)
    .getByLabel('Ends at')
    .fill(await localText(page, new Date(Date.now() + 86_400_000)))
  await expect(dialog(page)).toContainText('In your time zone, ')
  await dialog(page).getByLabel('Reason').fill('A migration')
  await expect(dialog(page).getByRole('status')).toContainText(
    /^From now until .*\d\d:\d\d .+ the limit is 20 MiB; then 5 MiB again\.$/,
  )
  const asked = new Date()
  await dialog(page).getByRole('button', { name: 'Change limit' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect.poll(() => enforcedLimit(secret), { timeout: 1_000 }).toBe(String(20 * mebibyte))
  await expect(
    page.getByRole('status').getByText(/^The limit is 20 MiB until .*The organization’s admins are told$/),
  ).toBeVisible()
  await expect(facts(page)).toContainText('20 MiB (20,971,520 bytes)')
  await expect(facts(page)).toContainText('then 5 MiB (5,242,880 bytes) again')
  await expect(history(page)).toContainText('From 5 MiB to 20 MiB until')
  await expect(history(page)).toContainText('A migration')

  for (const role of ['admin', 'second-admin'] as const) {
    const [mail, ...more] = await noticeMails(organization, role, 'Support set the media limit to 20 MiB')
    expect(more).toEqual([])
    expect(mail?.text).toContain('Support wrote: “A migration”')
    expect(mail?.text).toContain('Limit now: 20 MiB (20,971,520 bytes), 26.7 MiB as Base64')
  }
  expect((await mailsTo(organization.email('auditor'))).filter((each) => each.createdAt >= asked)).toEqual([])

  await ownerSql`update organizations set temporary_media_limit_ends_at = now() + interval '2 seconds'
    where id = ${organization.id}`
  expect(await enforcedLimit(secret)).toBe(String(20 * mebibyte))
  await expect.poll(() => enforcedLimit(secret), { timeout: 4_000 }).toBe(String(5 * mebibyte))
  await page.reload()
  await expect(facts(page)).toContainText('5 MiB (5,242,880 bytes)')
  await expect(facts(page)).not.toContainText('again')
})

test('what cannot be is refused beside its field, and nothing typed is lost', async ({ page }) => {
  const organization = await createOrganization()
  await atDesk(page, organization)
  await page.getByRole('button', { name: 'Change limit' }).click()
  const submit = dialog(page).getByRole('button', { name: 'Change limit' })
  const size = dialog(page).getByLabel('New limit')
  for (const [amount, unit, words] of [
    ['', 'MiB', 'Enter a size, such as 20 or 7.5.'],
    ['5 MiB', 'MiB', 'Enter a size, such as 20 or 7.5.'],
    ['0', 'KiB', 'Enter a size from 1 byte to 100 MiB.'],
    ['100.1', 'MiB', 'Enter a size from 1 byte to 100 MiB.'],
    ['1.5', 'bytes', 'Enter a size, such as 20 or 7.5.'],
  ] as const) {
    await size.fill(amount)
    await dialog(page).getByLabel('Unit').selectOption(unit)
    await submit.click()
    await expect(alert(page, words)).toBeVisible()
    await expect(size).toBeFocused()
    await expect(size).toHaveValue(amount)
  }
  await expect(alert(page, 'Enter a reason.')).toBeVisible()
  await dialog(page).getByLabel('Reason').fill('Because')
  await size.fill('5')
  await dialog(page).getByLabel('Unit').selectOption('MiB')
  await submit.click()
  await expect(alert(page, 'That is the limit now')).toBeVisible()
  // A date without its time, which the field itself tells nobody but the browser.
  await dialog(page).getByLabel('Ends at').pressSequentially('01012030')
  await submit.click()
  await expect(alert(page, 'Enter a date and a time, or leave both out.')).toBeVisible()
  await dialog(page).getByLabel('Ends at').fill('2020-01-01T10:00')
  await submit.click()
  await expect(alert(page, 'Choose a date and a time in the future.')).toBeVisible()
  await dialog(page)
    .getByLabel('Ends at')
    .fill(await localText(page, new Date(Date.now() + 86_400_000)))
  await submit.click()
  await expect(alert(page, 'The limit is the same afterwards.')).toBeVisible()
  await expect(dialog(page).getByLabel('Reason')).toHaveValue('Because')
})

test('a request is granted: the admins get the mail and the notification, and see the decision', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const admin = await browser.newPage()
  await signIn(admin, organization.email('admin'))
  await openSection(admin, 'Media')
  await admin.getByRole('button', { name: 'Request a larger limit' }).click()
  await admin.getByLabel('Size of the largest file').fill('20')
  await admin.getByLabel('Reason').fill('Scans of contracts')
  await admin.getByRole('button', { name: 'Send Request' }).click()
  await expect(admin.getByText('Waiting for support')).toBeVisible()

  await atDesk(page, organization)
  const request = page.getByRole('region', { name: 'Asks for 20 MiB' })
  await expect(request).toContainText('Scans of contracts')
  await expect(request).toContainText('Ada admin')
  await expect(page.getByRole('button', { name: 'Change limit' })).toBeDisabled()
  await page.getByRole('button', { name: 'Grant', exact: true }).click()
  await dialog(page).getByLabel('Reason').fill('Fine with us')
  await expect(dialog(page).getByRole('status')).toHaveText('From now on the limit is 20 MiB.')
  await dialog(page).getByRole('button', { name: 'Grant', exact: true }).click()
  await dialogCloses(page)
  await expect(request).toBeHidden()
  await expect(history(page)).toContainText('Granted')

  for (const role of ['admin', 'second-admin'] as const)
    expect(await noticeMails(organization, role, 'Granted: a media limit of 20 MiB')).toHaveLength(1)
  await expect(bell(admin)).toHaveAccessibleName('Notifications, 1 unread', { timeout: 15_000 })
  await bell(admin).click()
  const granted = notice(admin, 'Granted: a media limit of 20 MiB')
  await expect(granted).toContainText('Support wrote: “Fine with us”.')
  await expect(granted).toContainText('20 MiB (20,971,520 bytes): “Scans of contracts”.')
  await admin.getByRole('link', { name: 'Media', exact: true }).click()
  await expect(admin).toHaveURL(/about=media/)
  await granted.getByRole('link', { name: 'Open Settings > API' }).click()
  await openSection(admin, 'Media')
  await expect(admin.getByRole('main')).toContainText('20 MiB (20,971,520 bytes)')
  await expect(admin.getByRole('main')).toContainText('Fine with us')
})

test('less is granted, or nothing, each with its reason', async ({ page }) => {
  const [less, nothing] = [await createOrganization(), await createOrganization()]
  await ask(less)
  await ask(nothing)
  await atDesk(page, less)
  await page.getByRole('button', { name: 'Grant less' }).click()
  await dialog(page).getByLabel('New limit').fill('20')
  await dialog(page).getByLabel('Reason').fill('Half is enough')
  await dialog(page).getByRole('button', { name: 'Grant less' }).click()
  await expect(alert(page, 'Enter less than the 20 MiB that is asked for.')).toBeVisible()
  await dialog(page).getByLabel('New limit').fill('10')
  await dialog(page).getByRole('button', { name: 'Grant less' }).click()
  await expect(history(page)).toContainText('Granted less')
  await expect(facts(page)).toContainText('10 MiB')
  const inPart = 'Granted in part: a media limit of 10 MiB instead of 20 MiB'
  expect(await noticeMails(less, 'admin', inPart)).toHaveLength(1)

  await page.goto(`/support/${nothing.id}`)
  await page.getByRole('button', { name: 'Decline' }).click()
  await dialog(page).getByRole('button', { name: 'Decline' }).click()
  await expect(alert(page, 'Enter a reason.')).toBeVisible()
  await dialog(page).getByLabel('Reason').fill('Not before 2027')
  await dialog(page).getByRole('button', { name: 'Decline' }).click()
  await expect(history(page)).toContainText('Declined')
  await expect(facts(page)).toContainText('5 MiB')
  const [declined] = await noticeMails(nothing, 'admin', 'Declined: a media limit of 20 MiB')
  expect(declined?.text).toContain('Support wrote: “Not before 2027”')
})

test('two of the staff at once: the second is told what the first did, and decides', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const other = await browser.newPage()
  await atDesk(page, organization)
  await atDesk(other, organization)
  for (const [each, amount] of [
    [page, '10'],
    [other, '30'],
  ] as const) {
    await each.getByRole('button', { name: 'Change limit' }).click()
    await dialog(each).getByLabel('New limit').fill(amount)
    await dialog(each).getByLabel('Reason').fill(`Reason of ${amount}`)
  }
  await dialog(page).getByRole('button', { name: 'Change limit' }).click()
  await expect(facts(page)).toContainText('10 MiB')
  await dialog(other).getByRole('button', { name: 'Change limit' }).click()
  await expect(alert(other, /set the limit to 10 MiB in the meantime, at .*: “Reason of 10”/)).toBeVisible()
  await expect(dialog(other).getByLabel('New limit')).toHaveValue('30')
  await expect(dialog(other).getByLabel('Reason')).toHaveValue('Reason of 30')
  await dialog(other).getByRole('button', { name: 'Change limit' }).click()
  await expect(facts(other)).toContainText('30 MiB')
  await expect(history(other)).toContainText('From 10 MiB to 30 MiB')
})

test('a request that somebody else has answered cannot be answered again', async ({ page, browser }) => {
  const organization = await createOrganization()
  await ask(organization)
  const other = await browser.newPage()
  await atDesk(page, organization)
  await atDesk(other, organization)
  for (const each of [page, other]) {
    await each.getByRole('button', { name: 'Decline' }).click()
    await dialog(each).getByLabel('Reason').fill('No')
  }
  await dialog(page).getByRole('button', { name: 'Decline' }).click()
  await expect(dialog(page)).toBeHidden()
  await dialog(other).getByRole('button', { name: 'Decline' }).click()
  await expect(alert(other, /declined this request first, at/)).toBeVisible()
  await expect(dialog(other).getByRole('button', { name: 'Decline' })).toBeHidden()
})

test('an organization that is not there has a page that says so', async ({ page }) => {
  await signIn(page, staff)
  for (const id of ['org_nowhere', 'platform', '%00', "org_1' or 1=1"]) {
    const answer = await page.goto(`/support/${id}`)
    expect([id, answer?.status()]).toEqual([id, 404])
    await expect(page.getByRole('heading', { name: 'There is no such organization' })).toBeVisible()
  }
})

test('staff who open the settings of an organization are sent to their desk', async ({ page }) => {
  await signIn(page, staff)
  await page.goto('/settings/api')
  await page.getByRole('main').getByRole('link', { name: 'support desk' }).click()
  await expect(page).toHaveURL(/\/support$/)
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const)
  test(`axe finds nothing at the desk: ${colorScheme}, ${width} px`, async ({ page }) => {
    test.setTimeout(120_000)
    const organization = await createOrganization()
    await ownerSql`update organizations set name = name || ${` ${'Longname'.repeat(30)}`},
      temporary_media_limit_bytes = 9, temporary_media_limit_ends_at = now() + interval '1 day' where id = ${organization.id}`
    await ask(organization, 20 * mebibyte, 'x'.repeat(500))
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 844 })
    await signIn(page, staff)
    await check(page)
    await page.goto(`/support/${organization.id}`)
    await check(page)
    await page.getByRole('button', { name: 'Grant less' }).click()
    await dialog(page).getByRole('button', { name: 'Grant less' }).click()
    await expect(alert(page, 'Enter a reason.')).toBeVisible()
    await check(page)
    await closeDialog(page)
    await page.getByRole('button', { name: 'Decline' }).click()
    await dialog(page).getByLabel('Reason').fill('No')
    await check(page)
    await dialog(page).getByRole('button', { name: 'Decline' }).click()
    await expect(history(page)).toContainText('Declined')
    await check(page)
    await page.goto('/support/org_nowhere')
    await check(page)
  })

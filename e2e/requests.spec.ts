import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { apiUrl, axe, ownerSql, signIn } from './fixtures'
import { createOrganization, type Organization, openWithKey } from './organization'
import { closeDialog, view } from './secrets'

test.use({ timezoneId: 'Asia/Kolkata' })

const calls = (page: Page) => page.getByRole('table', { name: 'Calls of the API, newest first' })
const callOf = (page: Page, text: string) => calls(page).getByRole('row').filter({ hasText: text })
const search = (page: Page) => page.getByRole('button', { name: 'Search' }).click()

/** An organization with a key, its Secret, and its admin at Settings > API. */
async function withSecret(
  page: Page,
): Promise<{ organization: Organization; secret: string; keyId: string }> {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)
  const [key] = await ownerSql`select id from organization_keys where organization_id = ${organization.id}`
  return { organization, secret, keyId: key?.id }
}

async function callApi(secret: string, customerRequestId: string, path = '/v1/whoami'): Promise<number> {
  const headers = { authorization: `Bearer ${secret}`, 'x-customer-request-id': customerRequestId }
  return (await fetch(`${apiUrl}${path}`, { headers })).status
}

/** Rows that no test can wait for: `count` of them, a minute apart, the newest `age` ago. */
async function insertCalls(
  organizationId: string,
  count: number,
  age = '0 minutes',
  customerRequestId = 'call-',
) {
  await ownerSql`select prepare_requests_day(day::date)
    from generate_series(now() - ${age}::text::interval - ${count}::int * interval '1 minute', now(), interval '12 hours') as day`
  await ownerSql`select prepare_requests_day((now() at time zone 'UTC')::date)`
  await ownerSql`insert into requests
    select now() - ${age}::text::interval - n * interval '1 minute', 'req_' || md5(${organizationId} || ${customerRequestId} || n),
      ${organizationId}, null, 'VALID', 200, 'GET', '/v1/orders/' || n, '192.0.2.1', 900, ${customerRequestId} || n
    from generate_series(1, ${count}::int) as n`
}

test('a call is found by its customer request id within seconds', async ({ page }) => {
  const { secret } = await withSecret(page)
  await page.goto('/requests')
  await expect(page.getByRole('heading', { name: 'No call has been logged yet' })).toBeVisible()
  await axe(page)

  expect(await callApi(secret, 'order 4711')).toBe(200)
  expect(await callApi(secret, 'order 4712')).toBe(200)
  expect(await callApi(secret, 'order 4713', '/v1/keys?page=2')).toBe(400)
  await expect(async () => {
    await page.goto('/requests')
    await expect(callOf(page, 'order 4713')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })

  await page.getByLabel('Customer request ID').fill('  order 4711\t')
  await search(page)
  await expect(callOf(page, 'order 4712')).toBeHidden()
  const row = callOf(page, 'order 4711')
  await expect(row).toContainText('OK')
  await expect(row).toContainText('GET /v1/whoami')
  await expect(row).toContainText('127.0.0.1')
  await expect(row).toContainText(/req_\w{22}/)
  await expect(page.getByRole('region', { name: 'Calls per hour' })).toContainText('1 call in all')
  await expect(page.getByLabel('Customer request ID')).toHaveValue('order 4711')
  await expect(page).toHaveURL(/\/requests\?customerRequestId=[^&]+&time=day$/)

  await page.getByLabel('Customer request ID').fill('order 47')
  await search(page)
  await expect(page.getByRole('heading', { name: 'No call matches' })).toBeVisible()
  await expect(
    page.getByText('No call with customer request ID “order 47” in the last 24 hours.'),
  ).toBeVisible()
  await page.getByRole('link', { name: 'Clear', exact: true }).click()
  await expect(page.getByLabel('Customer request ID')).toHaveValue('')
  await expect(callOf(page, 'order 4712')).toBeVisible()

  await page.getByLabel('Outcome', { exact: true }).selectOption('Bad request')
  await search(page)
  await expect(callOf(page, 'order 4713')).toContainText('BAD_REQUEST 400')
  await expect(calls(page).getByRole('row')).toHaveCount(2)
  await axe(page)
})

test('calls are filtered by key and by time, in the zone of the reader', async ({ page }) => {
  const { organization, secret, keyId } = await withSecret(page)
  await insertCalls(organization.id, 3, '2 hours', 'old-')
  await insertCalls(organization.id, 2, '3 days', 'ancient-')
  expect(await callApi(secret, 'with-key')).toBe(200)
  await expect(async () => {
    await page.goto('/requests')
    await expect(callOf(page, 'with-key')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
  await expect(calls(page).getByRole('row')).toHaveCount(5)

  await page.getByLabel('Key', { exact: true }).selectOption(keyId)
  await search(page)
  await expect(calls(page).getByRole('row')).toHaveCount(2)
  await page.getByLabel('Key', { exact: true }).selectOption('Any')
  await page.getByLabel('Time', { exact: true }).selectOption('Last hour')
  await search(page)
  await expect(page).toHaveURL(/time=hour/)
  await expect(callOf(page, 'with-key')).toBeVisible()
  await expect(callOf(page, 'old-1')).toBeHidden()
  await page.getByLabel('Time', { exact: true }).selectOption('Last 7 days')
  await search(page)
  await expect(calls(page).getByRole('row')).toHaveCount(7)
  await expect(page.getByRole('region', { name: 'Calls per day' })).toContainText('6 calls in all')

  const [range] =
    await ownerSql`select to_char(at at time zone 'Asia/Kolkata', 'YYYY-MM-DD"T"HH24:MI') as minute
    from requests where organization_id = ${organization.id} and customer_request_id = 'old-2'`
  await page.getByLabel('Time', { exact: true }).selectOption('Custom range')
  await page.getByLabel('From').fill(range?.minute)
  await search(page)
  await expect(callOf(page, 'old-2')).toBeVisible()
  await expect(callOf(page, 'old-3')).toBeHidden()
  await expect(page.getByLabel('From')).toHaveValue(range?.minute)

  await page.getByLabel('To', { exact: true }).fill(range?.minute)
  await search(page)
  await expect(page.getByRole('alert').filter({ hasText: 'Choose a time after “From”.' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('')
  await expect(callOf(page, 'old-2')).toBeVisible()
})

test('what is chosen while a search is on its way is not lost, however slow the answers are', async ({
  page,
}) => {
  const organization = await createOrganization()
  await insertCalls(organization.id, 3, '2 hours', 'old-')
  await signIn(page, organization.email('admin'))
  await page.goto('/requests')
  await expect(calls(page).getByRole('row')).toHaveCount(4)
  await page.route(/time=hour/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.getByLabel('Time', { exact: true }).selectOption('Last hour')
  await search(page)
  await page.getByLabel('Time', { exact: true }).selectOption('Last 7 days')
  await page.getByLabel('Customer request ID').fill('old-2')
  await expect(page).toHaveURL(/time=hour/)
  await expect(page.getByRole('heading', { name: 'No call matches' })).toBeVisible()
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('week')
  await search(page)
  await expect(calls(page).getByRole('row')).toHaveCount(2)
  await expect(callOf(page, 'old-2')).toBeVisible()

  await page.goBack()
  await expect(page.getByLabel('Customer request ID')).toHaveValue('')
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('hour')
  await page.getByLabel('Outcome', { exact: true }).selectOption('Denied')
  await page.getByRole('link', { name: 'Clear', exact: true }).click()
  await expect(page).toHaveURL(/\/requests$/)
  await expect(page.getByLabel('Outcome', { exact: true })).toHaveValue('')
  await page.getByLabel('Outcome', { exact: true }).selectOption('Denied')
  await page.getByRole('link', { name: 'Clear', exact: true }).click()
  await expect(page.getByLabel('Outcome', { exact: true })).toHaveValue('')
})

test('pages lead to the oldest call and back', async ({ page }) => {
  const organization = await createOrganization()
  await insertCalls(organization.id, 120)
  await signIn(page, organization.email('auditor'))
  await page.goto('/requests')
  await expect(calls(page).getByRole('row')).toHaveCount(51)
  await expect(page.getByRole('link', { name: 'Newest' })).toBeHidden()
  // What comes in meanwhile moves nothing.
  await insertCalls(organization.id, 1, '-2 minutes', 'late-')
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(calls(page).getByRole('row').nth(1)).toContainText('call-51')
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(calls(page).getByRole('row')).toHaveCount(21)
  await expect(calls(page).getByRole('row').last()).toContainText('call-120')
  await expect(page.getByRole('link', { name: 'Older' })).toBeHidden()
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(calls(page).getByRole('row').nth(1)).toContainText('late-1')

  await page.getByText('Show as table').click()
  const counted = page.getByRole('region', { name: 'Calls per hour, as a table' })
  await expect(counted.getByRole('columnheader')).toHaveText([
    'Hour from',
    'OK',
    'Denied',
    'Bad request',
    'Error',
    'All',
  ])
  const sums = await counted.getByRole('row').locator('td:last-child').allInnerTexts()
  expect(sums.reduce((sum, text) => sum + Number(text), 0)).toBe(121)
  await expect(counted.getByRole('rowheader').first()).toHaveText(/:30$/)

  await page.goto('/requests?cursor=x')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
})

test('the CSV holds every call that matches, and no formula', async ({ page }) => {
  const { organization, secret } = await withSecret(page)
  for (const id of ['=1+1', '@x,"y"']) expect(await callApi(secret, id)).toBe(200)
  await insertCalls(organization.id, 1_500)
  await expect(async () => {
    await page.goto('/requests?time=week')
    await expect(callOf(page, '@x,"y"')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^requests-${organization.id}-\\d{4}-\\d\\d-\\d\\d\\.csv$`),
  )
  const text = await readFile(await download.path(), 'utf8')
  const lines = text.split('\r\n')
  expect(lines[0]).toBe(
    'Time,Outcome,Reason,Status,Method,Path,Key name,Key,Key ID,Address,Duration (ms),Customer request ID,Request ID',
  )
  expect(lines).toHaveLength(1 + 1_502 + 1)
  expect(new Set(lines).size).toBe(lines.length)
  expect(text).toContain(",'=1+1,req_")
  expect(text).toContain(`,"'@x,""y""",req_`)
  expect(text).not.toContain(secret)
})

test('only those who may read requests get them, by any road', async ({ page, browser, request }) => {
  const [organization, other] = [await createOrganization(), await createOrganization()]
  await insertCalls(organization.id, 1, '1 minute', 'hidden-')
  const path = (id: string) => `/api/console/requests/export?organization=${id}`
  expect((await request.get(path(organization.id))).status()).toBe(401)
  for (const role of ['admin', 'developer', 'auditor', 'member'] as const) {
    const someone = await browser.newPage()
    await signIn(someone, organization.email(role))
    const mine = await someone.request.get(path(organization.id))
    expect([role, mine.status()]).toEqual([role, role === 'member' ? 403 : 200])
    const [foreign, absent] = [
      await someone.request.get(path(other.id)),
      await someone.request.get(path('org_nowhere')),
    ]
    expect([foreign.status(), await foreign.text()]).toEqual([403, await absent.text()])
    await someone.goto('/requests')
    const link = someone.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' })
    if (role === 'member') {
      await expect(someone.getByText('Its admins, developers and auditors see them.')).toBeVisible()
      await expect(link).toBeHidden()
      expect(await someone.content()).not.toContain('hidden-1')
    } else {
      await expect(callOf(someone, 'hidden-1')).toBeVisible()
      await expect(link).toBeVisible()
    }
    await someone.close()
  }
  await signIn(page, 'support@example.com')
  expect((await page.request.get(path(organization.id))).status()).toBe(403)
  await page.goto('/requests')
  await expect(page.getByRole('heading', { name: 'You do not belong to an organization' })).toBeVisible()
})

test('a wrong address is refused field by field, also by the export', async ({ page }) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('admin'))
  const wrong = `customerRequestId=${'x'.repeat(129)}&outcome=fine&time=custom&from=never`
  await page.goto(`/requests?${wrong}`)
  for (const words of [
    'An ID has 1 to 128 letters, digits and signs of ASCII.',
    'Choose one of the outcomes.',
    'Enter a date and a time.',
  ])
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
  const answer = await page.request.get(
    `/api/console/requests/export?organization=${organization.id}&${wrong}`,
  )
  expect(answer.status()).toBe(400)
  expect(Object.keys((await answer.json()).problems)).toEqual(['customerRequestId', 'outcome', 'from'])
})

test('390 px: cards without sideways scrolling, also for hostile values', async ({ page }) => {
  const organization = await createOrganization()
  await insertCalls(organization.id, 2)
  await ownerSql`update requests set path = ${`/${'a'.repeat(2_000)}`}, address = '2001:db8:85a3:8d3:1319:8a2e:370:7348',
    customer_request_id = ${'x'.repeat(128)} where organization_id = ${organization.id} and customer_request_id = 'call-1'`
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, organization.email('developer'))
  await page.goto('/requests')
  await expect(callOf(page, 'call-2')).toBeVisible()
  await expect(page.getByRole('img', { name: /^Calls per hour by outcome, 2 in all/ })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await axe(page)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the form searches, and says that its times are UTC', async ({ browser, page, context }) => {
    const organization = await createOrganization()
    await insertCalls(organization.id, 3, '2 hours')
    const signedIn = await browser.newContext({ javaScriptEnabled: true })
    await signIn(await signedIn.newPage(), organization.email('admin'))
    await context.addCookies(await signedIn.cookies())
    await page.goto('/requests')
    await page.getByLabel('Customer request ID').fill('call-2')
    await search(page)
    await expect(calls(page).getByRole('row')).toHaveCount(2)
    await page.goto('/requests?time=custom')
    const [range] = await ownerSql`select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as minute
      from requests where organization_id = ${organization.id} and customer_request_id = 'call-1'`
    await page.getByLabel('From (UTC)').fill(range?.minute)
    await search(page)
    await expect(calls(page).getByRole('row')).toHaveCount(2)
    await expect(callOf(page, 'call-1')).toBeVisible()
  })
})

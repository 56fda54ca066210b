import { expect, test } from '@playwright/test'
import { check, consoleUrl, ownerSql } from './fixtures'
import { insertNotice, notice } from './notices'
import { createOrganization } from './organization'
import { insertKey, keyRow, keyTable, names, openKeys } from './service-keys'

test.use({ timezoneId: 'Europe/Berlin' })

test('each column says what is true of the key', async ({ page }) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Plain')
  const { keyId } = await insertKey(organization.id, 'Rich', {
    serviceUser: 'Label printer',
    accessLevel: 'read-write',
    ranges: ['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', '203.0.113.7/32', '203.0.113.8/32'],
    createdAgo: 30,
    expiredAgo: -3,
    usedAgo: 2,
  })
  await ownerSql`update service_key_uses set refused_at = now(), refused_from = '192.0.2.99',
    refused_user_agent = 'curl/8.5.0', refused_code = 'IP_DENIED' where key_id = ${keyId}`
  await page.reload()
  const plain = keyRow(page, 'Plain')
  for (const words of ['Billing robot', 'Read', 'Any', 'Active', 'Never'])
    await expect(plain).toContainText(words)
  const rich = keyRow(page, 'Rich')
  for (const words of [
    'Label printer',
    'Read and write',
    '10.0.0.0/8',
    '+ 3 more',
    'Active',
    '2 days left',
    'Refused',
  ])
    await expect(rich).toContainText(words)
  await rich
    .getByText('+ 3 more')
    .focus()
    .catch(() => {})
  await rich.locator('[tabindex="0"]', { hasText: '+ 3 more' }).focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(rich.getByRole('tooltip').filter({ hasText: '203.0.113.8/32' })).toBeVisible()
  await page.keyboard.press('Tab')
  const use = rich.getByRole('tooltip').filter({ hasText: 'Last accepted' })
  await expect(use).toContainText('198.51.100.23')
  await expect(use).toContainText('billing-sync/2.4')
  await expect(use).toContainText('its address is not in the allowed ranges')
  await expect(use).toContainText('192.0.2.99')
  await expect(use).toContainText('Exact within 10 s')
})

test('filters and order stand in the address, survive a reload, and go back one by one', async ({ page }) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Alpha', { createdAgo: 200, usedAgo: 100, accessLevel: 'full' })
  await insertKey(organization.id, 'beta', { createdAgo: 100, usedAgo: 45, ranges: ['10.0.0.0/8'] })
  await insertKey(organization.id, 'Gamma', {
    createdAgo: 50,
    disabledAgo: 1,
    expiredAgo: -9,
    serviceUser: 'Printer',
  })
  await insertKey(organization.id, 'Delta', { createdAgo: 20, expiredAgo: 2 })
  await page.goto('/settings/service-keys')
  const shows = (...wanted: string[]) => expect.poll(() => names(page)).toEqual(wanted)
  await shows('Delta', 'Gamma', 'beta', 'Alpha')

  const head = (name: string) => keyTable(page).getByRole('columnheader', { name, exact: true })
  await expect(head('Created')).toHaveAttribute('aria-sort', 'descending')
  await head('Name').getByRole('link').click()
  await shows('Alpha', 'beta', 'Delta', 'Gamma')
  await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending')
  await head('Name').getByRole('link').click()
  await shows('Gamma', 'Delta', 'beta', 'Alpha')
  await page.reload()
  await shows('Gamma', 'Delta', 'beta', 'Alpha')
  await expect(page).toHaveURL(/\?sort=-name$/)

  await page.getByRole('combobox', { name: 'State' }).selectOption('Active')
  await shows('beta', 'Alpha')
  await page.getByRole('combobox', { name: 'Last used' }).selectOption('Unused for 90 days')
  await shows('Alpha')
  await page.reload()
  await shows('Alpha')
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('active')
  await page.goBack()
  await shows('beta', 'Alpha')
  await page.getByRole('combobox', { name: 'Access level' }).selectOption('Full')
  await shows('Alpha')
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await shows('Gamma', 'Delta', 'beta', 'Alpha')
  await page.getByLabel('No IP limit').check()
  await shows('Gamma', 'Delta', 'Alpha')
  await page.getByLabel('Never expires').check()
  await shows('Alpha')
  await page.getByRole('link', { name: 'Clear filters' }).click()
  const serviceUser = page.getByRole('combobox', { name: 'Service user' })
  await serviceUser.fill('print')
  await page.getByRole('option', { name: 'Printer' }).click()
  await shows('Gamma')
  await page.reload()
  await expect(serviceUser).toHaveValue('Printer')
  await shows('Gamma')
  await page.goto('/settings/service-keys?state=nonsense')
  await expect(page.getByRole('heading', { name: 'There is no such list' })).toBeVisible()
  await page.goto('/settings/service-keys?cursor=nonsense')
  await page.getByRole('link', { name: 'Show all keys' }).click()
  await shows('Delta', 'Gamma', 'beta', 'Alpha')
})

test('pages follow one another without doubling or hiding a key', async ({ page }) => {
  test.setTimeout(120_000)
  const organization = await openKeys(page)
  for (let n = 0; n < 61; n++)
    await insertKey(organization.id, `Key ${n}`, {
      serviceUser: `Robot ${Math.floor(n / 10)}`,
      createdAgo: 100 - n,
    })
  await page.reload()
  const seen = await names(page)
  expect(seen).toHaveLength(50)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect.poll(() => names(page)).toHaveLength(11)
  seen.push(...(await names(page)))
  expect(seen).toEqual(Array.from({ length: 61 }, (_, n) => `Key ${60 - n}`))
  await page.getByRole('link', { name: 'First page' }).click()
  await expect.poll(() => names(page)).toHaveLength(50)
})

test('the search follows the typing and loses no letter of it, however slow the answers are', async ({
  page,
}) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Billing sync')
  await insertKey(organization.id, 'Billing export')
  await insertKey(organization.id, 'Warehouse')
  await page.goto('/settings/service-keys?sort=name&accessLevel=read')
  const field = page.getByRole('searchbox')
  await page.route(/name=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue()
  })
  await field.pressSequentially('billing', { delay: 150 })
  await page.waitForTimeout(300)
  await field.pressSequentially(' sync', { delay: 150 })
  await expect(field).toHaveValue('billing sync')
  await expect.poll(() => names(page)).toEqual(['Billing sync'])
  await page.waitForTimeout(2_000)
  await expect(field).toHaveValue('billing sync')
  expect(new URL(page.url()).search).toBe('?name=billing+sync&accessLevel=read&sort=name')
  await page.unrouteAll({ behavior: 'wait' })
  await page.reload()
  await expect(field).toHaveValue('billing sync')
  await expect.poll(() => names(page)).toEqual(['Billing sync'])
  await field.fill('')
  await expect.poll(() => names(page)).toEqual(['Billing export', 'Billing sync', 'Warehouse'])
})

test('quick choices add up, however slow the answers are', async ({ page }) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Billing sync', { accessLevel: 'full' })
  await insertKey(organization.id, 'Billing export')
  await insertKey(organization.id, 'Warehouse', { accessLevel: 'full', disabledAgo: 0.5 })
  await page.goto('/settings/service-keys?sort=name')
  await page.route(/service-keys\?/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.getByRole('combobox', { name: 'State' }).selectOption('Active')
  await page.getByRole('combobox', { name: 'Access level' }).selectOption('Full')
  await page.getByRole('searchbox').fill('billing')
  await page.getByLabel('Never expires').check()
  await expect.poll(() => names(page)).toEqual(['Billing sync'])
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ state: 'active', accessLevel: 'full', name: 'billing', neverExpires: 'true', sort: 'name' })
  await expect(page.getByRole('searchbox')).toHaveValue('billing')
  await page.unrouteAll({ behavior: 'wait' })
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect.poll(() => names(page)).toHaveLength(3)
  await page.getByLabel('Never expires').check()
  await expect(page).toHaveURL(/\?neverExpires=true&sort=name$/)
  await expect(page.getByRole('searchbox')).toHaveValue('')
})

test('a pasted key is recognized by its digest, and no part of it leaves the browser', async ({ page }) => {
  const organization = await openKeys(page)
  const { text } = await insertKey(organization.id, 'Billing sync', { createdAgo: 5, disabledAgo: 2 })
  await insertKey(organization.id, 'Other')
  const foreign = await insertKey((await createOrganization()).id, 'Foreign')
  await page.goto('/settings/service-keys')
  const sent: string[] = []
  page.on('request', (request) =>
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
  )
  const field = page.getByRole('searchbox')
  const answer = page.getByRole('search').getByRole('status')

  for (let length = 7; length < text.length; length += 9) {
    await field.fill(text.slice(0, length))
    await expect(answer.filter({ hasText: 'only a part of a key' })).toBeVisible()
    await page.waitForTimeout(250)
  }
  await field.fill(`Authorization: Bearer ${text}`)
  await expect(answer.filter({ hasText: 'This is Billing sync, disabled.' })).toBeVisible()
  await field.press('Enter')
  await page.waitForTimeout(500)
  expect(await names(page)).toEqual(['Other', 'Billing sync'])
  await page.getByRole('link', { name: 'Show it' }).click()
  await expect.poll(() => names(page)).toEqual(['Billing sync'])
  await expect(field).toHaveValue('Billing sync')

  await field.fill(foreign.text)
  await expect(answer.filter({ hasText: 'No key of this organization' })).toBeVisible()
  await field.fill('eyJhbGciOiJFZERTQSJ9.eyJjbGllbnRfaWQiOiJ4In0.c2ln')
  await expect(answer.filter({ hasText: 'looks like an organization key' })).toBeVisible()
  await page.waitForTimeout(500)
  const all = sent.join('\n')
  for (const part of [text.slice(7, 16), text.slice(-9), foreign.text.slice(7), 'eyJhbGciOiJFZERTQSJ9'])
    expect([part, all.includes(part)]).toEqual([part, false])
  expect(all).toContain('digest')
})

test('before any script has come the search cannot be sent', async ({ browser, page }) => {
  const organization = await openKeys(page)
  const { text } = await insertKey(organization.id, 'Billing sync')
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies(await page.context().cookies())
  const bare = await context.newPage()
  await bare.goto('/settings/service-keys')
  await bare.getByRole('searchbox').fill(text)
  await bare.getByRole('combobox', { name: 'State' }).selectOption('Active')
  await bare.getByRole('button', { name: 'Apply' }).click()
  await expect(bare).toHaveURL(/state=active/)
  expect(bare.url()).not.toContain('kt_svc')
  await expect(keyRow(bare, 'Billing sync')).toBeVisible()
  await context.close()
})

test('a notice leads to its key alone, also where another has its name; a search goes on among all', async ({
  page,
}) => {
  const organization = await openKeys(page)
  const { keyId } = await insertKey(organization.id, 'Till', { serviceUser: 'Tills' })
  await insertKey(organization.id, 'Till', { serviceUser: 'Other tills' })
  await insertKey(organization.id, 'Export')
  await insertNotice(organization, { to: [organization.email('developer')], keyId })
  await page.goto('/notifications')
  await notice(page, /Till/).getByRole('link', { name: 'Open the key' }).click()
  await expect(page).toHaveURL(`${consoleUrl}/settings/service-keys?keyId=${keyId}`)
  await expect(page.getByText('Only “Till” is shown, the key that a link led to.')).toBeVisible()
  expect(await names(page)).toEqual(['Till'])
  await expect(keyTable(page)).toContainText('Tills')
  await check(page)

  await page.getByRole('link', { name: 'Show all keys' }).click()
  await expect.poll(() => names(page)).toHaveLength(3)
  await page.goBack()
  await expect.poll(() => names(page)).toHaveLength(1)
  await page.getByRole('searchbox', { name: 'Search by name, or paste a key' }).fill('Export')
  await expect.poll(() => names(page)).toEqual(['Export'])

  await page.goto('/settings/service-keys?keyId=key_0000000000000000000000')
  await expect(page.getByRole('heading', { name: 'This key is not here any more' })).toBeVisible()
  await check(page)
  await page.goto('/settings/service-keys?keyId=key_1')
  await expect(page.getByRole('heading', { name: 'There is no such list' })).toBeVisible()
})

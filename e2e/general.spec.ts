import { randomUUID } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { apiUrl, axe, ownerSql, signIn } from './fixtures'
import { createOrganization, openSection, openWithKey } from './organization'
import { closeDialog, view } from './secrets'

const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/
const saved = (page: Page, part: string) => page.getByRole('status').getByText(part)
const headerField = (page: Page) => page.getByLabel('Custom Header Name')
const saveHeader = (page: Page) =>
  page.locator('form', { has: headerField(page) }).getByRole('button', { name: 'Save' })
const zoneField = (page: Page) => page.getByLabel('Time zone')
const saveZone = (page: Page) =>
  page.locator('form', { has: zoneField(page) }).getByRole('button', { name: 'Save' })
const inForce = (page: Page) => page.getByRole('term').filter({ hasText: 'In force' })
const format = (page: Page) => page.getByRole('switch', { name: 'ISO 8601 UTC Format' })

async function whoami(secret: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${apiUrl}/v1/whoami`, {
    headers: { authorization: `Bearer ${secret}`, ...headers },
  })
  const body = (await response.json()) as { data: { expiresAt: string } }
  return { expiresAt: body.data.expiresAt, headers: response.headers }
}

/** An admin at General. */
async function atGeneral(page: Page) {
  const organization = await createOrganization()
  await signIn(page, organization.email('admin'))
  await openSection(page, 'General')
  return organization
}

/** The same with a Secret to call the API with. */
async function atGeneralWithSecret(page: Page) {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)
  await openSection(page, 'General')
  return secret
}

test('the switch changes every DateTime of the API within a second, and back', async ({ page }) => {
  const secret = await atGeneralWithSecret(page)
  expect((await whoami(secret)).expiresAt).toMatch(local)
  await expect(format(page)).not.toBeChecked()
  await expect(inForce(page)).toContainText(['Off: UTC, without suffix'])
  await format(page).click()
  await expect(saved(page, 'The API writes DateTimes in UTC')).toBeVisible()
  await expect.poll(async () => (await whoami(secret)).expiresAt, { timeout: 1_000 }).toMatch(utc)
  await expect(format(page)).toBeChecked()
  await expect(inForce(page)).toContainText(['On: UTC, with suffix Z'])
  await page.reload()
  await openSection(page, 'General')
  await expect(format(page)).toBeChecked()
  await format(page).focus()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await whoami(secret)).expiresAt, { timeout: 5_000 }).toMatch(local)
})

test('a switch that could not be saved goes back and says so', async ({ page }) => {
  await atGeneral(page)
  await page.route('**/settings/api', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await format(page).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The format is still off.' })).toBeVisible()
  await expect(format(page)).not.toBeChecked()
})

test('a zone is found by typing, seen before it is saved, and then the API writes in it', async ({
  page,
}) => {
  const secret = await atGeneralWithSecret(page)
  const before = (await whoami(secret)).expiresAt
  await expect(zoneField(page).locator('option')).not.toHaveCount(1)
  await zoneField(page).focus()
  await page.keyboard.type('Tokyo')
  await expect(zoneField(page)).toHaveValue('Asia/Tokyo')
  await expect(page.getByText('Off, once it is saved: Asia/Tokyo')).toBeVisible()
  await expect(inForce(page)).toContainText(['Off: UTC, without suffix'])
  expect((await whoami(secret)).expiresAt).toBe(before)
  await saveZone(page).click()
  await expect(saved(page, 'The time zone is Asia/Tokyo')).toBeVisible()
  const inTokyo = new Date(Date.parse(`${before}Z`) + 9 * 3_600_000).toISOString().slice(0, 19)
  await expect.poll(async () => (await whoami(secret)).expiresAt, { timeout: 1_000 }).toBe(inTokyo)
  await expect(inForce(page)).toContainText(['Off: Asia/Tokyo, without suffix'])
})

test('the id comes back under the new name, and the old name is no longer read', async ({ page }) => {
  const secret = await atGeneralWithSecret(page)
  await headerField(page).fill('X-Correlation-Id')
  await expect(page.getByText('Once saved, the API no longer reads')).toBeVisible()
  await saveHeader(page).click()
  await expect(saved(page, 'The API reads X-Correlation-Id')).toBeVisible()
  await expect(page.getByText("curl -H 'X-Correlation-Id: order-4711'")).toBeVisible()
  const id = randomUUID()
  const echo = async () => (await whoami(secret, { 'X-Correlation-Id': id })).headers.get('x-correlation-id')
  await expect.poll(echo, { timeout: 1_000 }).toBe(id)
  const old = await whoami(secret, { 'X-Customer-Request-Id': id })
  expect(old.headers.get('x-customer-request-id')).toBeNull()

  await page.getByRole('button', { name: 'Use the default' }).click()
  await expect(headerField(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(saved(page, 'The API reads X-Customer-Request-Id')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Use the default' })).toBeHidden()
})

test('each name that cannot be is refused beside the field, in words of its own', async ({ page }) => {
  const organization = await atGeneral(page)
  for (const [name, words] of [
    ['Authorization', 'Authorization carries keys, cookies or other credentials.'],
    ['Host', 'Host says which host is called.'],
    ['bad header', 'A header name cannot contain a space.'],
    ['A'.repeat(65), 'This name has 65 characters. Use 64 at most.'],
    ['', 'Enter a name'],
    ['X-Id:', 'cannot contain “:”'],
    ['X-\u200bId', 'cannot contain an invisible character (U+200B)'],
    ['Transfer-Encoding', 'belongs to the connection'],
    ['X-Forwarded-For', 'tells where a call came from'],
    ['Content-Type', 'describes the content of a request'],
    ['Sec-Fetch-Mode', 'is set by browsers themselves'],
    ['X-Org-Id', 'tells services behind a gateway'],
    ['X-Request-Id', 'is written by the API'],
  ] as const) {
    await headerField(page).fill(name)
    await saveHeader(page).click()
    const alert = page.getByRole('alert').filter({ hasText: words })
    await expect(alert).toBeVisible()
    await expect(headerField(page)).toBeFocused()
    await expect(headerField(page)).toHaveAttribute('aria-invalid', 'true')
    const describedBy = await headerField(page).getAttribute('aria-describedby')
    expect(describedBy?.split(' ')).toContain(await alert.getAttribute('id'))
  }
  const [row] = await ownerSql`select request_id_header from organizations where id = ${organization.id}`
  expect(row?.request_id_header).toBe('X-Customer-Request-Id')
})

test('of two admins the second is told what the first has set, and may still decide', async ({
  page,
  browser,
}) => {
  const organization = await atGeneral(page)
  const other = await browser.newPage()
  await signIn(other, organization.email('second-admin'))
  await openSection(other, 'General')
  await headerField(other).fill('X-Bea')
  await saveHeader(other).click()
  await expect(saved(other, 'The API reads X-Bea')).toBeVisible()

  await headerField(page).fill('X-Ada')
  await saveHeader(page).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'Bea Second changed this to X-Bea in the meantime.' }),
  ).toBeVisible()
  await expect(headerField(page)).toHaveValue('X-Ada')
  await saveHeader(page).click()
  await expect(saved(page, 'The API reads X-Ada')).toBeVisible()
})

for (const role of ['auditor', 'developer'] as const) {
  test(`a ${role} reads General and changes nothing`, async ({ page }) => {
    const organization = await createOrganization()
    await signIn(page, organization.email(role))
    if (role === 'auditor') await openSection(page, 'General')
    const main = page.getByRole('main')
    await expect(main).toContainText('X-Customer-Request-Id')
    await expect(main).toContainText('Off: UTC, without suffix')
    for (const control of ['button', 'switch', 'textbox', 'combobox'] as const)
      await expect(main.getByRole(control)).toHaveCount(0)
    await expect(page.getByRole('heading', { name: 'Media' })).toHaveCount(0)
  })
}

test('a member sees neither General nor Media', async ({ page }) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('member'))
  await page.goto('/settings/api')
  await expect(page.getByRole('heading', { name: /kept by its admins/ })).toBeVisible()
  for (const name of ['General', 'Media']) await expect(page.getByRole('heading', { name })).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`fits 390 pixels, and axe finds nothing, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme })
    await atGeneral(page)
    await zoneField(page).selectOption('America/Argentina/Ushuaia')
    await headerField(page).fill('A'.repeat(65))
    await axe(page)
    await saveHeader(page).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Use 64 at most.' })).toBeVisible()
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      await axe(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })
}

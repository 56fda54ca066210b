import { expect, test } from '@playwright/test'
import { latestCode, signIn } from './fixtures'
import { createOrganization, openWithKey, rowOf } from './organization'
import { claimsOf, closeDialog, codeField, dialogCloses, shownSecret, statusOf, view } from './secrets'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('an admin tests, views and copies the key', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)

  await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('status').getByText('API key is valid')).toBeVisible()

  const secret = await view(page, 'Active', organization.email('admin'))
  await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  expect(await statusOf(secret)).toBe(200)

  const claims = claimsOf(secret)
  expect(Object.keys(claims)).toEqual(['client_id', 'client_secret', 'iat', 'exp', 'iss', 'aud'])
  await expect(page.getByRole('dialog').getByText(String(claims.client_secret))).toBeVisible()
})

test('testing never counts as use, calling does', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('status').getByText('API key is valid')).toBeVisible()
  // The API writes uses every few seconds: the real call, made later, must be the first that is seen.
  await page.waitForTimeout(7_000)
  await page.reload()
  await expect(rowOf(page, 'Active').getByText('Never', { exact: true })).toBeVisible()

  expect(await statusOf(await view(page, 'Active', organization.email('admin')))).toBe(200)
  await closeDialog(page)
  await expect(rowOf(page, 'Active').getByText('Never', { exact: true })).toBeHidden({ timeout: 30_000 })
  await rowOf(page, 'Active').locator('[tabindex]').focus()
  await expect(page.getByRole('tooltip').first()).toContainText('From 127.0.0.1')
})

test('a wrong code says how many tries are left, and the fifth ends it', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const asked = new Date()
  await rowOf(page, 'Active').getByRole('button', { name: 'View' }).click()
  const right = await latestCode(organization.email('admin'), asked)
  const wrong = right === '000000' ? '111111' : '000000'
  for (const words of [
    '4 tries are left',
    '3 tries are left',
    '2 tries are left',
    '1 try is left',
    'does not work any more',
  ]) {
    await codeField(page).fill(wrong)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
  }
  await codeField(page).fill(right)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'This code does not work any more' })).toBeVisible()
})

test('asking again sooner shows the field for the code that is still good', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const asked = new Date()
  await rowOf(page, 'Active').getByRole('button', { name: 'View' }).click()
  await expect(codeField(page)).toBeVisible()
  await closeDialog(page)
  await rowOf(page, 'Active').getByRole('button', { name: 'View' }).click()
  await expect(page.getByRole('button', { name: /Send a new code/ })).toBeDisabled()
  await codeField(page).fill(await latestCode(organization.email('admin'), asked))
  await page.getByRole('button', { name: 'Continue' }).click()
  expect(claimsOf(await shownSecret(page)).client_id).toBe(organization.id)
})

test('the Secret hides after 60 seconds', async ({ page }) => {
  const organization = await createOrganization()
  await page.clock.install()
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  for (let second = 0; second < 61; second++) await page.clock.runFor(1_000)
  await expect(page.getByText('The Secret is hidden again.')).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('button', { name: 'Show again' }).click()
  expect(await shownSecret(page)).toBe(secret)
})

test('revoking makes a new key and keeps the old one for its grace', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const old = await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)

  await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByRole('dialog')).toContainText('30 days')
  await page.getByRole('button', { name: 'Revoke Key' }).click()
  const created = page.getByRole('dialog', { name: 'New API key' })
  await created.getByRole('radio', { name: '90 days' }).check()
  await expect(created.getByText('Saving…')).toBeHidden()
  await created.getByRole('button', { name: 'Copy' }).click()
  await expect(created.getByRole('button', { name: 'Copied' })).toBeVisible()
  const fresh = await shownSecret(page)
  const days = (Number(claimsOf(fresh).exp) * 1000 - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(90)
  await created.getByRole('button', { name: 'Done' }).click()

  const rows = page.getByRole('row')
  await expect(rows.nth(1)).toContainText('Active')
  await expect(rows.nth(2)).toContainText('Retiring')
  await expect(rows.nth(2)).toContainText('29 days 23 h left')
  expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200])

  await rowOf(page, 'Retiring').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('dialog')).toContainText('lose access at once')
  await page.getByRole('button', { name: 'Delete Key' }).click()
  await dialogCloses(page)
  await expect(rowOf(page, 'Retiring')).toBeHidden()
  await expect.poll(() => statusOf(old), { timeout: 1_000 }).toBe(401)
  expect(await statusOf(fresh)).toBe(200)
})

test('the new key may be active until a date', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke Key' }).click()
  await page.getByRole('radio', { name: 'Until a date' }).check()
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('Date', { exact: true }).fill(inTenDays)
  await expect(page.getByRole('status').filter({ hasText: '23:59' })).toBeVisible()
  await page.getByLabel('Date', { exact: true }).fill('2099-01-01')
  await expect(page.getByRole('alert').filter({ hasText: '365 days at the most' })).toBeVisible()
  await page.getByLabel('Date', { exact: true }).fill('2020-01-01')
  await expect(page.getByRole('alert').filter({ hasText: 'Choose a date in the future' })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByLabel('Date', { exact: true })).toBeFocused()
  await page.getByLabel('Date', { exact: true }).fill(inTenDays)
  await expect(page.getByRole('status').filter({ hasText: '23:59' })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(page, 'Active')).toContainText('Expiring in')
})

test('removing the expiration: old Secrets keep their exp, new ones have none, restoring brings it back', async ({
  page,
}) => {
  const organization = await createOrganization()
  const email = organization.email('admin')
  await openWithKey(page, organization)
  const before = await view(page, 'Active', email)
  await closeDialog(page)

  await rowOf(page, 'Active').getByRole('button', { name: 'Remove expiration' }).click()
  await expect(page.getByRole('dialog')).toContainText('We advise against it')
  await page.getByLabel('Reason').fill('Nobody reads the alerts')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Expiration' }).click()
  await expect(rowOf(page, 'Active')).toContainText('Never expires')

  const without = await view(page, 'Active', email)
  await closeDialog(page)
  expect(claimsOf(before)).toHaveProperty('exp')
  expect(claimsOf(without)).not.toHaveProperty('exp')
  expect([await statusOf(before), await statusOf(without)]).toEqual([200, 200])

  await rowOf(page, 'Active').getByRole('button', { name: 'Restore expiration' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore Expiration' }).click()
  await expect(rowOf(page, 'Active')).not.toContainText('Never expires')
  expect(claimsOf(await view(page, 'Active', email)).exp).toBe(claimsOf(before).exp)
  expect(await statusOf(without)).toBe(200)
})

test('the replacement interval is 1 to 365 days and holds for the next key', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const field = page.getByLabel('Replace every')
  const save = page.getByRole('button', { name: 'Save' })
  for (const [text, words] of [
    ['0', 'Enter 1 to 365 days.'],
    ['366', 'Enter 1 to 365 days.'],
    ['1.5', 'Enter whole days.'],
    ['soon', 'Enter a number of days.'],
    ['', 'Enter a number of days.'],
  ] as const) {
    await field.fill(text)
    await save.click()
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
    await expect(field).toHaveValue(text)
  }
  await field.fill('30')
  await save.click()
  await expect(page.getByText('Keys are replaced every 30 days')).toBeVisible()
  await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke Key' }).click()
  await expect(page.getByRole('radio', { name: '30 days' })).toBeChecked()
})

test('of two admins who revoke at once one wins and the other is told who was first', async ({ browser }) => {
  const organization = await createOrganization()
  const [first, second] = await Promise.all([browser.newPage(), browser.newPage()])
  await openWithKey(first, organization)
  await signIn(second, organization.email('second-admin'))
  for (const page of [first, second])
    await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await Promise.all([first, second].map((page) => page.getByRole('button', { name: 'Revoke Key' }).click()))
  const outcomes = await Promise.all(
    [first, second].map(async (page) => {
      const won = page.getByRole('dialog', { name: 'New API key' })
      const lost = page
        .getByRole('alert')
        .filter({ hasText: /(Ada admin|Bea Second) revoked this key first/ })
      await expect(won.or(lost)).toBeVisible()
      return won.isVisible()
    }),
  )
  expect(outcomes.toSorted()).toEqual([false, true])
  await first.reload()
  await expect(first.getByRole('row')).toHaveCount(3)
})

test('an auditor sees the same table without any way to act', async ({ page, browser }) => {
  const organization = await createOrganization()
  await openWithKey(await browser.newPage(), organization)
  await signIn(page, organization.email('auditor'))
  await expect(rowOf(page, 'Active')).toContainText('kt_org_')
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText('Replace every 365 days')
})

for (const role of ['developer', 'member'] as const) {
  test(`a ${role} sees an explanation instead`, async ({ page }) => {
    const organization = await createOrganization()
    await signIn(page, organization.email(role))
    await page.goto('/settings/api')
    await expect(page.getByRole('heading', { name: /kept by its admins/ })).toBeVisible()
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
  })
}

test('one tooltip at a time, and nothing wider than the screen at any width', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke Key' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('Replace every').hover()
  const tooltips = page.locator('button[aria-label] > span:visible')
  await expect(tooltips).toHaveCount(0)
  await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).hover()
  await expect(tooltips).toHaveText(['Test'])
  for (const width of [390, 640, 768, 1024, 1100, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const right = (element: Element) => element.getBoundingClientRect().right
    for (const button of await page.getByRole('row').getByRole('button').all()) {
      expect([width, (await button.evaluate(right)) <= width]).toEqual([width, true])
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})

import { expect, test } from '@playwright/test'
import { check, latestCode, signIn } from './fixtures'
import { createOrganization, openWithKey, rowOf } from './organization'
import { closeDialog, codeField } from './secrets'

const screens = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const

for (const { colorScheme, width } of screens) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } })

    test('axe finds nothing on any screen of Settings > API', async ({ page }) => {
      test.setTimeout(120_000)
      const organization = await createOrganization()
      await openWithKey(page, organization)
      await check(page)

      const asked = new Date()
      await rowOf(page, 'Active').getByRole('button', { name: 'View' }).click()
      await expect(codeField(page)).toBeVisible()
      await check(page)
      await codeField(page).fill('12')
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByRole('alert').filter({ hasText: '6 digits' })).toBeVisible()
      await check(page)
      await codeField(page).fill(await latestCode(organization.email('admin'), asked))
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(page.getByRole('region', { name: 'Secret' })).toBeVisible()
      await check(page)
      await closeDialog(page)

      await rowOf(page, 'Active').getByRole('button', { name: 'Remove expiration' }).click()
      await expect(page.getByRole('dialog', { name: 'Remove the expiration?' })).toBeVisible()
      await check(page)
      await page.getByRole('dialog').getByRole('button', { name: 'Remove Expiration' }).click()
      await expect(rowOf(page, 'Active')).toContainText('Never expires')
      await check(page)
      await rowOf(page, 'Active').getByRole('button', { name: 'Restore expiration' }).click()
      await expect(page.getByRole('dialog', { name: 'Restore the expiration' })).toBeVisible()
      await check(page)
      await closeDialog(page)

      await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
      await expect(page.getByRole('dialog', { name: 'Revoke this API key?' })).toBeVisible()
      await check(page)
      await page.getByRole('button', { name: 'Revoke Key' }).click()
      await page.getByRole('radio', { name: 'Until a date' }).check()
      await check(page)
      await page.getByRole('button', { name: 'Done' }).click()
      await rowOf(page, 'Retiring').getByRole('button', { name: 'Test' }).click()
      await expect(page.getByRole('status').getByText('API key is valid')).toBeVisible()
      await check(page)
      await rowOf(page, 'Retiring').getByRole('button', { name: 'Delete' }).click()
      await expect(page.getByRole('dialog', { name: 'Delete this API key?' })).toBeVisible()
      await check(page)
    })

    test('axe finds nothing on the other screens', async ({ page }) => {
      const organization = await createOrganization()
      await page.goto('/sign-in')
      await check(page)
      await page.goto('/nowhere')
      await check(page)
      await signIn(page, organization.email('auditor'))
      await check(page)
      await page.goto('/notifications')
      await check(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page).toHaveURL(/sign-in/)
      await signIn(page, organization.email('member'))
      await check(page)
      await page.goto('/settings/api')
      await check(page)
    })
  })
}

test('no screen holds what its own security policy refuses', async ({ page }) => {
  test.setTimeout(90_000)
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await openWithKey(page, await createOrganization())
  for (const path of [
    '/settings/api',
    '/settings/service-keys',
    '/settings/members',
    '/notifications',
    '/requests',
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
  }
  expect(refused).toEqual([])
})

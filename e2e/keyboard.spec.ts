import { expect, type Locator, type Page, test } from '@playwright/test'
import { latestCode } from './fixtures'
import { createOrganization } from './organization'
import { codeField, dialogCloses, shownSecret, statusOf } from './secrets'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('the whole journey works by keyboard alone', async ({ page }) => {
  const organization = await createOrganization()
  const email = organization.email('admin')

  let asked = new Date()
  await page.goto('/sign-in', { waitUntil: 'networkidle' })
  await expect(page.getByLabel('Email')).toBeFocused()
  await page.keyboard.type(email)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused()
  await page.keyboard.type(await latestCode(email, asked))
  await page.keyboard.press('Enter')

  await press(page, page.getByRole('button', { name: 'Create API Key' }))
  await press(page, page.getByRole('button', { name: 'Done' }))

  asked = new Date()
  await press(page, page.getByRole('button', { name: 'View' }))
  await expect(codeField(page)).toBeFocused()
  await page.keyboard.type(await latestCode(email, asked))
  await page.keyboard.press('Enter')
  const old = await shownSecret(page)
  await press(page, page.getByRole('button', { name: 'Copy', exact: true }))
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(old)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'View' })).toBeFocused()

  await press(page, page.getByRole('button', { name: 'Revoke' }))
  await press(page, page.getByRole('button', { name: 'Revoke Key' }))
  const created = page.getByRole('dialog', { name: 'New API key' })
  await tabTo(page, created.getByRole('radio', { name: '365 days' }))
  await page.keyboard.press('ArrowLeft')
  await expect(created.getByRole('radio', { name: '180 days' })).toBeChecked()
  await expect(created.getByText('Saving…')).toBeHidden()
  await press(page, created.getByRole('button', { name: 'View' }))
  const fresh = await shownSecret(page)
  await press(page, created.getByRole('button', { name: 'Done' }))
  await expect(page.getByRole('dialog')).toBeHidden()
  expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200])

  await press(page, page.getByRole('button', { name: 'Delete' }))
  await press(page, page.getByRole('button', { name: 'Delete Key' }))
  await dialogCloses(page)
  await expect(page.getByRole('row').filter({ hasText: 'Retiring' })).toBeHidden()
  await expect.poll(() => statusOf(old), { timeout: 1_000 }).toBe(401)
})

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Presses Tab until the target has the focus; fails when the keyboard cannot reach it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${target}`)
}

import { expect, type Page, test } from '@playwright/test'
import { check, ownerSql, signIn } from './fixtures'
import { createOrganization, type Organization, openWithKey, rowOf } from './organization'
import { closeDialog, statusOf, view } from './secrets'
import { insertKey } from './service-keys'

test.use({ timezoneId: 'UTC' })

const day = 86_400_000
const dateText = (at: number) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(at)
const calendar = (page: Page) => page.getByRole('region', { name: 'Next 12 months' })
const effect = (page: Page) => page.locator('#replace-every-effect')

/** A key whose life began so many days ago: when it was created is final, when it got an end again is not. */
async function openWithOldKey(page: Page, organization: Organization, days: number): Promise<number> {
  await openWithKey(page, organization)
  const began = Math.floor(Date.now() / 1000) * 1000 - days * day
  await ownerSql`update organization_keys
    set expiration_restored_at = ${new Date(began)}, expires_at = ${new Date(began + 365 * day)}
    where organization_id = ${organization.id}`
  await page.reload()
  return began
}

test('the calendar tells when the key is replaced and when it ends', async ({ page }) => {
  const organization = await createOrganization()
  const began = await openWithOldKey(page, organization, 100)
  const replaced = began + 335 * day
  await expect(rowOf(page, 'Active')).toContainText(`Replaced by schedule on ${dateText(replaced)}`)
  const lines = calendar(page).getByRole('listitem')
  await expect(lines.filter({ hasText: 'The schedule replaces kt_org_' })).toContainText(
    `Old and new key are both accepted until ${dateText(began + 365 * day)}.`,
  )
  await expect(lines.filter({ hasText: /kt_org_\S+ is not accepted any more/ })).toHaveCount(1)
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(replaced)
  await expect(calendar(page).getByRole('heading', { name: month })).toBeVisible()
})

test('the calendar counts service keys and leads to them', async ({ page }) => {
  const organization = await createOrganization()
  await insertKey(organization.id, 'Till in Kiel', { expiredAgo: -3 })
  // A month in which more keys end than are told apart.
  const now = new Date()
  const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 4, 2, 12)
  for (let n = 0; n < 6; n++)
    await insertKey(organization.id, `Robot ${n}`, { expiredAgo: (Date.now() - (month + n * day)) / day })
  await signIn(page, organization.email('admin'))
  await expect(calendar(page)).toContainText('There is no API key yet.')
  await calendar(page).getByRole('link', { name: 'Till in Kiel' }).click()
  await expect(page.getByRole('rowheader').filter({ hasText: 'Till in Kiel' })).toBeVisible()
  await page.goBack()
  await calendar(page).getByRole('link', { name: '6 service keys' }).click()
  await expect(page).toHaveURL(/state=active&sort=expires/)
  await expect(page.getByRole('rowheader').nth(1)).toContainText('Robot 0')
})

test('what another interval means is said before it is saved', async ({ page }) => {
  const organization = await createOrganization()
  const began = await openWithOldKey(page, organization, 10)
  const [usual, sooner] = [dateText(began + 335 * day), dateText(began + 60 * day)]
  const field = page.getByLabel('Replace every')
  await field.fill('90')
  await expect(effect(page)).toHaveText(
    `The current key will be replaced on ${sooner} instead of ${usual}; the old one stays accepted until ${dateText(began + 90 * day)}. Keys made from then on live 90 days, and the next one comes after 60 days.`,
  )
  await field.fill('0')
  await expect(effect(page)).toBeEmpty()
  await field.fill('90')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Keys are replaced every 90 days')).toBeVisible()
  await expect(rowOf(page, 'Active')).toContainText(`Replaced by schedule on ${sooner}`)
  await expect(calendar(page).getByText('Planned').first()).toBeVisible()
  await field.fill('365')
  await expect(effect(page)).toContainText(`replaced on ${usual} instead of ${sooner}`)
  await check(page)

  await rowOf(page, 'Active').getByRole('button', { name: 'Remove expiration' }).click()
  await page
    .getByRole('dialog')
    .getByLabel('Review on')
    .fill(new Date(Date.now() + 50 * day).toISOString().slice(0, 10))
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Expiration' }).click()
  await expect(effect(page)).toHaveText(
    'The current key never expires, so it is not replaced by the schedule. Keys made from then on live 365 days, and the next one comes after 335 days.',
  )
  await expect(calendar(page)).toContainText('The key never expires, so the schedule leaves it alone.')
  await expect(calendar(page).getByRole('listitem')).toHaveText([/Review whether kt_org_/])
})

test('marks that do not fit beside one another are counted in one', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await page.getByLabel('Replace every').fill('7')
  await page.getByRole('button', { name: 'Save' }).click()
  const marks = calendar(page).getByRole('img', { name: /^\d+ keys replaced, .* to .*, planned$/ })
  await expect(marks.first()).toHaveText(/^\d+×$/)
  // Of the first and the last month it may be only a few days.
  expect(await marks.count()).toBeGreaterThanOrEqual(11)
  for (const width of [1280, 1080]) {
    await page.setViewportSize({ width, height: 800 })
    const boxes = await marks.evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().toJSON()))
    for (const [index, { left }] of boxes.entries())
      expect(left).toBeGreaterThanOrEqual(boxes[index - 1]?.right ?? 0)
  }
  await check(page)
})

test('where the key is older than the new interval allows it is replaced right after saving', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const organization = await createOrganization()
  await openWithOldKey(page, organization, 40)
  const old = await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)
  await page.getByLabel('Replace every').fill('60')
  await expect(effect(page)).toContainText('will be replaced right after saving')
  await page.getByRole('button', { name: 'Save' }).click()
  // By the worker within a minute, and nobody reloads the page.
  await expect(rowOf(page, 'Retiring')).toContainText('Replaced by schedule', { timeout: 120_000 })
  await expect(rowOf(page, 'Active')).toContainText('by schedule')
  await expect(
    calendar(page).getByRole('listitem').filter({ hasText: 'is not accepted any more' }),
  ).toHaveCount(2)
  expect(await statusOf(old)).toBe(200)
})

test('an auditor reads all of it and can change nothing', async ({ page, browser }) => {
  const organization = await createOrganization()
  await openWithKey(await browser.newPage(), organization)
  await insertKey(organization.id, 'Till in Kiel', { expiredAgo: -3 })
  await signIn(page, organization.email('auditor'))
  await expect(calendar(page)).toContainText('The schedule replaces kt_org_')
  await expect(calendar(page).getByRole('link', { name: 'Till in Kiel' })).toBeVisible()
  await expect(page.getByText('The schedule sends no notices: nobody has called the API')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

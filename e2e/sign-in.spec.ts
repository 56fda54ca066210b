import { expect, test } from '@playwright/test'
import { latestCode, mailsTo, ownerSql, signIn } from './fixtures'
import { createOrganization } from './organization'

test('known and unknown addresses look the same from outside', async ({ page }) => {
  const organization = await createOrganization()
  const screens: string[] = []
  for (const email of [organization.email('member'), `nobody-${organization.id.toLowerCase()}@example.com`]) {
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill(email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeVisible()
    screens.push(
      (await page.getByRole('main').innerText()).replaceAll(email, 'ADDRESS').replace(/\d+ s/, 'N s'),
    )
    await expect.poll(async () => (await mailsTo(email)).length).toBe(1)
  }
  expect(screens[0]).toBe(screens[1])
})

test('the code of an unknown address never comes, and guessing ends like everywhere', async ({ page }) => {
  const email = `stranger-${Date.now()}@example.com`
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill('123456')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '4 tries are left' })).toBeVisible()
  expect((await mailsTo(email))[0]?.text).toContain('has no account')
})

test('a malformed address is refused beside the field, and stays in it', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill('not an address')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'such as name@example.com' })).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue('not an address')
})

test('a code works only in the browser that asked for it', async ({ page, browser }) => {
  const email = (await createOrganization()).email('member')
  const asked = new Date()
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  const code = await latestCode(email, asked)

  const elsewhere = await browser.newPage()
  await elsewhere.goto('/sign-in')
  await elsewhere.getByLabel('Email').fill(email)
  await elsewhere.getByRole('button', { name: 'Continue' }).click()
  await elsewhere.getByRole('textbox', { name: 'Code' }).fill(code)
  await elsewhere.getByRole('button', { name: 'Continue' }).click()
  await expect(elsewhere.getByRole('alert').filter({ hasText: 'That is not the code' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'All Notifications' })).toBeVisible()
})

test('a code is over after 10 minutes', async ({ page }) => {
  const email = (await createOrganization()).email('member')
  const asked = new Date()
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  const code = await latestCode(email, asked)
  await ownerSql`update one_time_codes set created_at = created_at - interval '10 minutes',
    expires_at = expires_at - interval '10 minutes' where email = ${email}`
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'does not work any more' })).toBeVisible()
})

test('after signing out the old cookie opens nothing', async ({ page, context }) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('auditor'))
  const cookies = await context.cookies()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await context.addCookies(cookies)
  await page.goto('/settings/api')
  await expect(page).toHaveURL(/\/sign-in/)
})

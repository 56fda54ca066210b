import { expect, test } from '@playwright/test'
import { axe, mailsTo, ownerSql, processes, signIn } from './fixtures'
import { createOrganization, openWithKey, rowOf } from './organization'
import { closeDialog, statusOf, view } from './secrets'

test('without its database the console says so, and the API answers for keys that it knows', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const secret = await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)
  expect(await statusOf(secret)).toBe(200)

  await processes.stop('database')
  try {
    expect(await statusOf(secret)).toBe(200)
    await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke Key' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'cannot reach its database' })).toBeVisible({
      timeout: 30_000,
    })
    await closeDialog(page)
    await expect(page.getByRole('status').filter({ hasText: 'keeps trying' })).toBeVisible({
      timeout: 30_000,
    })
    const elsewhere = await page.context().newPage()
    await elsewhere.goto('/settings/api')
    await expect(elsewhere.getByRole('heading', { name: 'Keyturn cannot reach its database' })).toBeVisible({
      timeout: 30_000,
    })
    await axe(elsewhere)
    await elsewhere.close()
  } finally {
    await processes.start('database')
  }
  await expect(page.getByRole('status').filter({ hasText: 'keeps trying' })).toBeHidden({ timeout: 40_000 })
  await page.reload()
  await expect(page.getByRole('row')).toHaveCount(2)
  expect(await statusOf(secret)).toBe(200)
})

test('without its database the way to the desk ends on the page that says so', async ({ page }) => {
  const organization = await createOrganization()
  await signIn(page, 'support@example.com')
  await processes.stop('database')
  try {
    for (const path of ['/', '/support', `/support/${organization.id}`]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: 'Keyturn cannot reach its database' })).toBeVisible({
        timeout: 30_000,
      })
    }
  } finally {
    await processes.start('database')
  }
  await expect(async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Support' })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
})

test('when no mail can be sent a new limit stands, and its admins hear of it once mail is back', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const organization = await createOrganization()
  await signIn(page, 'support@example.com')
  await page.goto(`/support/${organization.id}`)
  await page.getByRole('button', { name: 'Change limit' }).click()
  await page.getByRole('dialog').getByLabel('New limit').fill('20')
  await page.getByRole('dialog').getByLabel('Reason').fill('A migration')
  await processes.stop('mailbox')
  try {
    await page.getByRole('dialog').getByRole('button', { name: 'Change limit' }).click()
    await expect(
      page.getByRole('status').getByText('The limit is 20 MiB. The organization’s admins are told'),
    ).toBeVisible()
    await expect(page.getByRole('region', { name: 'Media limit' })).toContainText('20 MiB')
    await expect.poll(() => waitingMails(organization.id), { timeout: 30_000 }).toBeGreaterThan(0)
  } finally {
    await processes.start('mailbox')
  }
  for (const role of ['admin', 'second-admin'] as const) {
    const subjects = async () => (await mailsTo(organization.email(role))).map(({ subject }) => subject)
    const subject = `${organization.name}: Support set the media limit to 20 MiB`
    await expect.poll(subjects, { timeout: 120_000 }).toEqual([subject])
  }
})

/** How many mails of its notices were tried, not taken, and wait. */
async function waitingMails(organizationId: string): Promise<number> {
  const [row] = await ownerSql<{ count: number }[]>`select count(*)::int as count from notice_deliveries
    where organization_id = ${organizationId} and mail_problem is not null and next_mail_at is not null`
  return row?.count ?? 0
}

test('when no mail can be sent the code is not sent, and nothing changes', async ({ page, browser }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const mailsBefore = (await mailsTo(organization.email('admin'))).length
  await processes.stop('mailbox')
  try {
    await rowOf(page, 'Active').getByRole('button', { name: 'View' }).click()
    await expect(
      page.getByRole('alert').filter({ hasText: 'We could not send the code. Try again.' }),
    ).toBeVisible({
      timeout: 20_000,
    })
    const someone = await browser.newPage()
    for (const email of [organization.email('member'), 'nobody@example.com']) {
      await someone.goto('/sign-in')
      await someone.getByLabel('Email').fill(email)
      await someone.getByRole('button', { name: 'Continue' }).click()
      await expect(
        someone.getByRole('alert').filter({ hasText: 'We could not send the code. Try again.' }),
      ).toBeVisible({
        timeout: 20_000,
      })
      await expect(someone.getByLabel('Email')).toHaveValue(email)
    }
  } finally {
    await processes.start('mailbox')
  }
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('dialog', { name: 'Enter the code' })).toBeVisible()
  expect((await mailsTo(organization.email('admin'))).length).toBe(mailsBefore + 1)
})

test('without the API, Test says that it could not be tested; it comes back by itself', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await processes.stop('api')
  try {
    await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).click()
    await expect(page.getByRole('status').getByText('The API did not answer')).toBeVisible()
  } finally {
    await processes.start('api')
  }
  await rowOf(page, 'Active').getByRole('button', { name: 'Test' }).click()
  await expect(page.getByRole('status').getByText('API key is valid')).toBeVisible()
})

for (const name of ['console', 'api', 'database'] as const) {
  test(`kill -9 of the ${name} in the middle of revoking leaves one current key and nothing half done`, async ({
    page,
  }) => {
    test.setTimeout(120_000)
    const organization = await createOrganization()
    await openWithKey(page, organization)
    await rowOf(page, 'Active').getByRole('button', { name: 'Revoke' }).click()
    await Promise.all([page.getByRole('button', { name: 'Revoke Key' }).click(), processes.kill(name)])
    await processes.start(name)
    await expect(async () => {
      await page.goto('/settings/api')
      await expect(rowOf(page, 'Active')).toBeVisible({ timeout: 5_000 })
    }).toPass({ timeout: 60_000 })
    const rows = await page.getByRole('row').filter({ hasText: 'kt_org_' }).allInnerTexts()
    expect(rows.filter((row) => row.includes('Active'))).toHaveLength(1)
    expect(rows.filter((row) => row.includes('Retiring'))).toHaveLength(rows.length - 1)
    expect(await statusOf(await view(page, 'Active', organization.email('admin')))).toBe(200)
  })
}

test('people who signed in before an outage are still signed in after it', async ({ page }) => {
  await signIn(page, 'auditor@example.com')
  await processes.stop('database')
  await processes.start('database')
  await expect(async () => {
    await page.goto('/settings/api')
    await expect(page.getByRole('table')).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
})

import { expect, type Page, test } from '@playwright/test'
import { call } from './actions'
import { apiUrl, check, ownerSql, signIn } from './fixtures'
import { createOrganization, openWithKey } from './organization'
import {
  answerTo,
  choose,
  fillForm,
  insertKey,
  keyRow,
  names,
  openKeys,
  shownKey,
  takeKey,
} from './service-keys'

test.use({ permissions: ['clipboard-read', 'clipboard-write'], timezoneId: 'Europe/Berlin' })

const actionsOf = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}` })

/** Makes a key through the screen, and answers its text. */
async function generateKey(page: Page, name: string): Promise<string> {
  await fillForm(page, name)
  await page.getByRole('button', { name: 'Save & Close' }).click()
  return takeKey(page)
}

test('the menu says of an expired key why nothing but deleting is left', async ({ page }) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Old', { createdAgo: 20, expiredAgo: 1 })
  await page.reload()
  await actionsOf(page, 'Old').click()
  for (const item of ['Edit', 'Rotate', 'Enable']) {
    const shown = page.getByRole('menuitem', { name: item })
    await expect(shown).toHaveAttribute('aria-disabled', 'true')
    await expect(shown).toHaveAccessibleDescription('Expired: generate a new key')
    await shown.focus()
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete Key' }).click()
  await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()
})

test('a key is edited, disabled, enabled and deleted, and the API hears of each', async ({ page }) => {
  await openKeys(page)
  const text = await generateKey(page, 'Billing sync')
  await expect.poll(() => answerTo(text)).toBe(200)

  const dialog = await choose(page, 'Billing sync', 'Edit')
  await expect(dialog.getByLabel('Name')).toHaveValue('Billing sync')
  await expect(dialog.getByLabel('Expiry date')).toHaveCount(0)
  await dialog.getByLabel('Name').fill('Billing export')
  await dialog.getByRole('radio', { name: 'Read and write' }).check()
  await dialog.getByLabel('Allowed IP ranges').fill('192.0.2.0/24')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(keyRow(page, 'Billing export')).toContainText('192.0.2.0/24')
  await expect(keyRow(page, 'Billing export')).toContainText('Read and write')
  await expect(actionsOf(page, 'Billing export')).toBeFocused()
  await expect.poll(() => answerTo(text)).toBe(403)
  await choose(page, 'Billing export', 'Edit')
  await dialog.getByLabel('Allowed IP ranges').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => answerTo(text)).toBe(200)

  await choose(page, 'Billing export', 'Disable')
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(keyRow(page, 'Billing export')).toContainText('Disabled')
  await expect.poll(() => answerTo(text), { timeout: 1_000 }).toBe(401)
  await choose(page, 'Billing export', 'Enable')
  await dialog.getByRole('button', { name: 'Enable' }).click()
  await expect(keyRow(page, 'Billing export')).toContainText('Active')
  await expect.poll(() => answerTo(text), { timeout: 1_000 }).toBe(200)

  // Its use is written within 10 seconds; then its name is asked for.
  await expect(async () => {
    await page.reload()
    await expect(keyRow(page, 'Billing export').locator('[role="tooltip"]')).toContainText('Last accepted', {
      timeout: 500,
    })
  }).toPass({ timeout: 20_000 })
  await choose(page, 'Billing export', 'Delete')
  const typed = dialog.getByLabel('Type “Billing export” to delete it')
  await dialog.getByRole('button', { name: 'Delete Key' }).click()
  await expect(dialog.getByText('Type its name to delete it.')).toBeVisible()
  await typed.fill('Billing export')
  await dialog.getByRole('button', { name: 'Delete Key' }).click()
  await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()
  await expect.poll(() => answerTo(text), { timeout: 1_000 }).toBe(401)
})

test('rotating ends the old secret at once, or keeps it for the time that was chosen', async ({ page }) => {
  await openKeys(page)
  const first = await generateKey(page, 'Billing sync')
  const dialog = await choose(page, 'Billing sync', 'Rotate')
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  await expect(page.getByRole('dialog', { name: 'API Access Key Rotated' })).toContainText(
    'refused from now on',
  )
  const second = await takeKey(page)
  await expect.poll(() => answerTo(first), { timeout: 1_000 }).toBe(401)
  await expect.poll(() => answerTo(second)).toBe(200)
  await expect(keyRow(page, 'Billing sync')).toContainText(second.slice(-4))

  await choose(page, 'Billing sync', 'Rotate')
  await dialog.getByLabel('Keep the old secret for').selectOption('7 days')
  await expect(dialog.getByText('Both work until')).toBeVisible()
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  const third = await takeKey(page)
  await expect(keyRow(page, 'Billing sync')).toContainText('Old secret accepted until')
  await expect.poll(() => answerTo(third)).toBe(200)
  expect(await answerTo(second)).toBe(200)

  await choose(page, 'Billing sync', 'Disable')
  await expect(dialog).toContainText('That holds for its old secret too.')
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(keyRow(page, 'Billing sync')).toContainText('Disabled')
  await expect(keyRow(page, 'Billing sync')).not.toContainText('accepted until')
  await page.getByRole('searchbox').fill(second)
  await expect(page.getByText('an old secret of it, accepted once it is enabled, until')).toBeVisible()
  await choose(page, 'Billing sync', 'Rotate')
  await dialog.getByLabel('Keep the old secret for').selectOption('1 hour')
  await expect(dialog.getByText('Once the key is enabled, both work until')).toBeVisible()
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  await expect(dialog).toContainText('is accepted, once the key is enabled, until')
  await takeKey(page)
})

test('of two who rotate or edit at once one wins, and the other is told and loses nothing', async ({
  page,
  browser,
}) => {
  const organization = await openKeys(page)
  await insertKey(organization.id, 'Billing sync')
  const other = await browser.newPage()
  await signIn(other, organization.email('admin'))
  for (const each of [page, other]) {
    await each.goto('/settings/service-keys')
    await choose(each, 'Billing sync', 'Rotate')
  }
  await other.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
  await shownKey(other)
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
  await expect(page.getByText(/Ada admin rotated this key first/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

  await other.close()
  const third = await browser.newPage()
  await signIn(third, organization.email('admin'))
  for (const each of [page, third]) {
    await each.goto('/settings/service-keys')
    await choose(each, 'Billing sync', 'Edit')
  }
  await third.getByRole('dialog').getByLabel('Name').fill('Theirs')
  await third.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(keyRow(third, 'Theirs')).toBeVisible()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Mine')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Somebody else changed this key')).toBeVisible()
  await expect(dialog.getByText('It is now “Theirs”')).toBeVisible()
  await expect(dialog.getByLabel('Name')).toHaveValue('Mine')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(keyRow(page, 'Mine')).toBeVisible()
})

test('a key that a filter hides since somebody else renamed it can still be saved', async ({ page }) => {
  const organization = await openKeys(page)
  const { keyId } = await insertKey(organization.id, 'Billing sync')
  await page.goto('/settings/service-keys?name=billing')
  const dialog = await choose(page, 'Billing sync', 'Edit')
  await dialog.getByRole('radio', { name: 'Full' }).check()
  for (const name of ['Theirs', 'Theirs again']) {
    await ownerSql`update service_keys set name = ${name}, changed_at = now() where id = ${keyId}`
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText(`It is now “${name}”`)).toBeVisible()
  }
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(keyRow(page, 'Billing sync')).toContainText('Full')
})

test('when the answer is lost, the screen does not claim to know, and shows the table as it is', async ({
  page,
}) => {
  await openKeys(page)
  /** The server does what it was asked to, and nobody hears of it. */
  const loseAnswers = () =>
    page.route('**/*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
  const dialog = await fillForm(page, 'Billing sync')
  await loseAnswers()
  await page.getByRole('button', { name: 'Save & Close' }).click()
  await expect(dialog.getByText('Keyturn did not answer. What you typed is still here.')).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(keyRow(page, 'Billing sync')).toBeVisible()

  const masked = await keyRow(page, 'Billing sync').locator('code').innerText()
  await choose(page, 'Billing sync', 'Rotate')
  await loseAnswers()
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  await expect(dialog.getByText('Keyturn did not answer. Close this and look at the key')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Rotate' })).toHaveCount(0)
  await page.unrouteAll({ behavior: 'wait' })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(keyRow(page, 'Billing sync').locator('code')).not.toHaveText(masked)
})

test('many keys are disabled and deleted at once, and each that was refused is named', async ({ page }) => {
  const organization = await openKeys(page)
  for (const name of ['One', 'Two', 'Three']) await insertKey(organization.id, name, { createdAgo: 9 })
  await insertKey(organization.id, 'Old', { createdAgo: 20, expiredAgo: 1 })
  await insertKey(organization.id, 'Used', { createdAgo: 30, usedAgo: 1 })
  await page.reload()
  await page.getByLabel('Select One').check()
  await page.getByLabel('Select Old').check()
  await expect(page.getByText('2 selected').last()).toBeVisible()
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByRole('dialog', { name: '1 of 2 keys disabled' })).toContainText('Old')
  await expect(dialog).toContainText('Expired: generate a new key')
  await page.keyboard.press('Escape')
  await expect(keyRow(page, 'One')).toContainText('Disabled')

  await page.getByLabel('Select all on this page').check()
  await expect(page.getByText('5 selected').last()).toBeVisible()
  await page.getByLabel('Select Two').uncheck()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByRole('button', { name: 'Delete Keys' }).click()
  await expect(dialog.getByText('Type 4 to delete them.')).toBeVisible()
  await dialog.getByLabel('Type 4 to delete them').fill('4')
  await dialog.getByRole('button', { name: 'Delete Keys' }).click()
  await expect.poll(() => names(page)).toEqual(['Two'])
})

test('a key that came into use while its dialog was open can still be deleted', async ({ page }) => {
  const organization = await openKeys(page)
  const { keyId } = await insertKey(organization.id, 'Billing sync')
  await insertKey(organization.id, 'Other')
  const use = (keyId: string) => ownerSql`update service_key_uses set last_used_at = now(),
    last_used_from = '198.51.100.23', last_user_agent = 'curl/8.5.0' where key_id = ${keyId}`
  await page.reload()
  await page.getByLabel('Select all on this page').check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await use(keyId)
  await dialog.getByRole('button', { name: 'Delete Keys' }).click()
  await expect(dialog.getByText('1 key of them used in the last 7 days.')).toBeVisible()
  await dialog.getByLabel('Type 2 to delete them').fill('2')
  await dialog.getByRole('button', { name: 'Delete Keys' }).click()
  await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()

  const later = await insertKey(organization.id, 'Billing sync')
  await page.reload()
  await choose(page, 'Billing sync', 'Delete')
  await ownerSql`update service_keys set name = 'Renamed', changed_at = now() where id = ${later.keyId}`
  await use(later.keyId)
  await dialog.getByRole('button', { name: 'Delete Key' }).click()
  await dialog.getByLabel('Type “Renamed” to delete it').fill('Renamed')
  await dialog.getByRole('button', { name: 'Delete Key' }).click()
  await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()
})

test('who may see it sees it, who may act has the buttons, and nobody else has either', async ({
  page,
  browser,
}) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  await insertKey(organization.id, '=Billing "sync", east', { usedAgo: 1 })
  const exportPath = `/api/console/service-keys/export?organization=${organization.id}`

  const auditor = await (await browser.newContext()).newPage()
  await signIn(auditor, organization.email('auditor'))
  await auditor.getByRole('link', { name: 'Service keys' }).click()
  await expect(keyRow(auditor, '=Billing "sync", east')).toContainText('Active')
  await check(auditor)
  await expect(auditor.getByRole('button', { name: 'Generate API Key' })).toHaveCount(0)
  await expect(auditor.getByRole('checkbox', { name: /Select/ })).toHaveCount(0)
  await expect(auditor.getByRole('button', { name: /Actions for/ })).toHaveCount(0)
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^service-keys-.*\.csv$/)
  const csv = await (await auditor.request.get(exportPath)).text()
  expect(csv).toContain('Billing robot')
  expect(csv.split('\r\n')[1]).not.toMatch(/(^|,)"?=/)

  const developer = await browser.newPage()
  await signIn(developer, organization.email('developer'))
  await developer.goto('/settings/service-keys')
  await expect(actionsOf(developer, '=Billing "sync", east')).toBeVisible()
  await developer.goto('/settings/api')
  expect(await developer.content()).not.toContain('kt_org_')

  const member = await browser.newPage()
  await signIn(member, organization.email('member'))
  const navigation = member.getByRole('navigation', { name: 'Main' })
  await expect(navigation.getByRole('link', { name: 'Service keys' })).toHaveCount(0)
  await member.goto('/settings/service-keys')
  await expect(member.getByRole('heading', { name: /are not shown to your role/ })).toBeVisible()
  expect(await member.content()).not.toContain('Billing')
  expect((await member.request.get(exportPath)).status()).toBe(403)
})

test("another organization's key and service user are exactly like absent ones", async ({ page }) => {
  const mine = await openKeys(page)
  const theirs = await createOrganization()
  const { keyId } = await insertKey(theirs.id, 'Foreign')
  const [row] = await ownerSql`select k.service_user_id, s.id as secret_id from service_keys k
    join service_key_secrets s on s.key_id = k.id where k.id = ${keyId}`
  const facts = () => ownerSql`select * from service_keys where id = ${keyId}`
  const before = await facts()
  const asked: [string, object][] = [
    [
      'editServiceKey',
      { keyId, name: 'x', accessLevel: 'full', allowedRanges: '', changedAt: before[0]?.changed_at },
    ],
    ['rotateServiceKey', { keyId, secretId: row?.secret_id, overlapHours: 0 }],
    ['enableServiceKey', { keyId }],
    ['disableServiceKey', { keyId }],
    ['deleteServiceKey', { keyId }],
    [
      'generateServiceKey',
      {
        name: 'x',
        serviceUser: { id: row?.service_user_id },
        accessLevel: 'read',
        allowedRanges: '',
        expiresAt: null,
      },
    ],
  ]
  const forged = (input: object) =>
    JSON.parse(JSON.stringify(input).replaceAll(/(key|su|sec)_\w{22}/g, `$1_${'0'.repeat(22)}`))
  for (const [name, input] of asked) {
    const [foreign, absent] = [
      await call(page.request, name, [mine.id, input]),
      await call(page.request, name, [mine.id, forged(input)]),
    ]
    expect([name, foreign.reason, foreign.status]).toEqual([name, 'not-found', absent.status])
    expect([name, absent.reason]).toEqual([name, 'not-found'])
  }
  expect((await call(page.request, 'deleteServiceKeys', [mine.id, { keyIds: [keyId] }])).text).toContain(
    'not-found',
  )
  expect(await facts()).toEqual(before)
  for (const address of [`?serviceUserId=${row?.service_user_id}`, '?name=Foreign'])
    expect(await (await page.request.get(`/settings/service-keys${address}`)).text()).not.toContain(
      '>Foreign<',
    )
})

test('a refused call is seen in the row', async ({ page }) => {
  await openKeys(page)
  const text = await generateKey(page, 'Reader')
  await expect.poll(() => answerTo(text)).toBe(200)
  const refused = await fetch(`${apiUrl}/v1/service-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(refused.status).toBe(403)
  await expect(async () => {
    await page.reload()
    await expect(keyRow(page, 'Reader').locator('[role="tooltip"]')).toContainText('Last refused', {
      timeout: 500,
    })
  }).toPass({ timeout: 20_000 })
})

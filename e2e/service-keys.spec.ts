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
  keyTable,
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
  await expect(answer.filter({ hasText: 'looks like a Secret' })).toBeVisible()
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

test('rotating ends the old key at once, or keeps it for the time that was chosen', async ({ page }) => {
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
  await dialog.getByLabel('Keep the old key working for').selectOption('7 days')
  await expect(dialog.getByText('Both work until')).toBeVisible()
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  const third = await takeKey(page)
  await expect(keyRow(page, 'Billing sync')).toContainText('Old key accepted until')
  await expect.poll(() => answerTo(third)).toBe(200)
  expect(await answerTo(second)).toBe(200)
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
  await expect(member.getByRole('link', { name: 'Service keys' })).toHaveCount(0)
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

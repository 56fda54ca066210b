import { expect, type Page, test } from '@playwright/test'
import { check, ownerSql, signIn } from './fixtures'
import { createOrganization } from './organization'
import { answerTo, fillForm, insertKey, keyRow, names, openKeys, shownKey, takeKey } from './service-keys'

test.use({ permissions: ['clipboard-read', 'clipboard-write'], timezoneId: 'Europe/Berlin' })

const generated = (page: Page) => page.getByRole('dialog', { name: 'API Access Key Generated' })
const save = (page: Page) => page.getByRole('button', { name: 'Save & Close' }).click()

test('a key is shown once: afterwards nothing that the browser has holds its text', async ({
  page,
  context,
}) => {
  await openKeys(page)
  const answers: { url: string; text: string; cacheControl: string | undefined }[] = []
  const sent: string[] = []
  // On the way to the browser, because a browser does not keep every body that it has read.
  await page.route(
    (url) => !url.pathname.startsWith('/_next/static/'),
    async (route) => {
      sent.push(`${route.request().url()} ${route.request().postData() ?? ''}`)
      const response = await route.fetch({ maxRedirects: 0, maxRetries: 1 })
      const text = await response.text()
      answers.push({ url: response.url(), text, cacheControl: response.headers()['cache-control'] })
      await route.fulfill({ response, body: text })
    },
  )
  const dialog = await fillForm(page, 'Billing sync')
  await expect(dialog.getByText('Left blank, the key never expires.')).toBeVisible()
  await save(page)
  await expect(generated(page)).toContainText('shown only once')
  const text = await shownKey(page)
  await expect(page.getByRole('region', { name: 'curl' })).toContainText(`'Authorization: Bearer ${text}'`)
  expect(await inMemory(page, text)).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(generated(page).getByText('Copied', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  await page.keyboard.press('Escape')
  await expect(generated(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Generate API Key' })).toBeFocused()

  await expect.poll(() => answerTo(text)).toBe(200)
  expect(await held(page, text)).toEqual([])
  expect(await inMemory(page, text)).toBe(0)
  await page.reload()
  await expect(keyRow(page, 'Billing sync')).toContainText(`${text.slice(0, 11)}…${text.slice(-4)}`)
  expect(await held(page, text)).toEqual([])
  expect(JSON.stringify(await context.storageState({ indexedDB: true }))).not.toContain(text)

  await page.unrouteAll({ behavior: 'wait' })
  const holding = answers.filter((answer) => answer.text.includes(text))
  expect(holding).toHaveLength(1)
  expect(holding[0]?.cacheControl).toContain('no-store')
  expect(sent.filter((each) => each.includes(text))).toEqual([])
})

/** The places of the page in which the text is. */
function held(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const caches = 'caches' in window ? await window.caches.keys() : []
    const places: Record<string, string> = {
      page: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input, textarea')]
        .map((field) => Reflect.get(field, 'value'))
        .join(),
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      address: JSON.stringify([location.href, history.state, performance.getEntries()]),
      caches: JSON.stringify(caches),
    }
    return Object.keys(places).filter((place) => places[place]?.includes(wanted))
  }, text)
}

/** How often the text is in the heap of the page's scripts, once the garbage is collected. */
async function inMemory(page: Page, text: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  let snapshot = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    snapshot += chunk
  })
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  expect(snapshot).toContain('Service keys')
  return snapshot.split(text).length - 1
}

test('closing before copying asks first, by every way out', async ({ page }) => {
  await openKeys(page)
  await fillForm(page, 'Billing sync')
  await save(page)
  const text = await shownKey(page)
  const question = page.getByRole('alertdialog', { name: 'Close without copying?' })
  const back = () => page.getByRole('button', { name: 'Back to the Secret' }).click()

  await page.keyboard.press('Escape')
  await expect(question).toBeVisible()
  await expect(question).toBeFocused()
  await back()
  await expect(question).toBeHidden()
  for (const press of ['Escape', 'Escape', 'Escape', 'Escape']) await page.keyboard.press(press)
  await expect(generated(page)).toBeVisible()
  if (await question.isVisible()) await back()

  await page.mouse.click(4, 4)
  await expect(question).toBeVisible()
  await back()
  await generated(page).getByRole('button', { name: 'Close' }).first().click()
  await expect(question).toBeVisible()
  await back()

  for (const _ of ['once', 'twice']) {
    await page.goBack()
    await expect(question).toBeVisible()
    expect(await shownKey(page)).toBe(text)
    expect(new URL(page.url()).pathname).toBe('/settings/service-keys')
    await back()
  }

  const asked = page.waitForEvent('dialog')
  const leaving = page.reload({ timeout: 5_000 }).catch(() => null)
  const browserQuestion = await asked
  expect(browserQuestion.type()).toBe('beforeunload')
  await browserQuestion.dismiss()
  await leaving
  expect(await shownKey(page)).toBe(text)

  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Close Without Copying' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.reload()
  await expect(keyRow(page, 'Billing sync')).toBeVisible()
})

test('whoever copies by hand has copied', async ({ page }) => {
  await openKeys(page)
  await fillForm(page, 'Billing sync')
  await save(page)
  const text = await shownKey(page)
  await page.getByRole('region', { name: 'Secret', exact: true }).getByText(text).click()
  await page.keyboard.press('ControlOrMeta+c')
  await expect(generated(page).getByText('You have copied it.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a shown key leaves no step behind in the history of the browser', async ({ page }) => {
  await openKeys(page)
  await page.goto('/settings/service-keys?sort=name')
  for (const name of ['Billing sync', 'Billing export']) {
    await fillForm(page, name)
    await save(page)
    await takeKey(page)
    await expect(keyRow(page, name)).toBeVisible()
  }
  await page.goBack()
  await expect(page).toHaveURL(/service-keys$/)

  await fillForm(page, 'Billing import')
  await save(page)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByText('You have copied it.')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(keyRow(page, 'Billing import')).toBeVisible()
  await expect(page).toHaveURL(/service-keys$/)
})

test('what is wrong stands beside its field, and nothing that was typed is lost', async ({ page }) => {
  await openKeys(page)
  await page.getByRole('button', { name: 'Generate API Key' }).first().click()
  const dialog = page.getByRole('dialog')
  await save(page)
  await expect(dialog.getByText('Enter a name.')).toBeVisible()
  await expect(dialog.getByText('Choose a service user, or type a new name.')).toBeVisible()
  await expect(dialog.getByLabel('Name')).toBeFocused()

  await dialog.getByLabel('Name').fill('Billing sync')
  await dialog.getByRole('combobox', { name: 'Service User' }).fill('Billing robot')
  await dialog.getByRole('radio', { name: 'Full' }).check()
  const ranges = dialog.getByLabel('Allowed IP ranges')
  await ranges.fill('192.0.2.77/24\n10.0.0.0/8\nhome\n0.0.0.0/0')
  await expect(dialog.getByText(/Line 1: .*192\.0\.2\.0\/24/)).toBeVisible()
  await expect(dialog.getByText('Line 3:')).toBeVisible()
  await expect(dialog.getByText('0.0.0.0/0 lets in every IPv4 address.')).toBeVisible()
  await save(page)
  await expect(ranges).toBeFocused()
  await dialog.getByRole('button', { name: 'Use 192.0.2.0/24' }).click()
  await expect(ranges).toHaveValue('192.0.2.0/24\n10.0.0.0/8\nhome\n0.0.0.0/0')
  await ranges.fill('192.0.2.0/24')
  await expect(dialog.getByText(/Your own address at this moment/)).toBeVisible()

  const [date, time] = [dialog.getByLabel('Expiry date'), dialog.getByLabel('Expiry time')]
  for (const [day, hour, words] of [
    ['2099-03-01', '24:61', '24:61 is no time.'],
    ['2099-03-01', '', 'Enter a time too'],
    ['', '18:00', 'Enter a date too'],
    ['2020-03-01', '18:00', 'This is in the past: 1 Mar 2020, 18:00 CET.'],
  ] as const) {
    await date.fill(day)
    await time.fill(hour)
    await save(page)
    await expect(dialog.getByText(words)).toBeVisible()
  }
  await date.fill('2099-03-01')
  await expect(dialog.getByText('1 Mar 2099, 18:00 CET')).toBeVisible()

  await page.context().setOffline(true)
  await save(page)
  await expect(dialog.getByText('Keyturn did not answer. What you typed is still here.')).toBeVisible()
  await page.context().setOffline(false)
  await expect(dialog.getByLabel('Name')).toHaveValue('Billing sync')
  await expect(ranges).toHaveValue('192.0.2.0/24')
  await expect(dialog.getByRole('radio', { name: 'Full' })).toBeChecked()
  await save(page)
  await expect(generated(page)).toContainText('1 Mar 2099, 18:00:00 CET')
  await takeKey(page)
  await expect(keyRow(page, 'Billing sync')).toContainText('Full')
  await expect(keyRow(page, 'Billing sync')).toContainText('1 Mar 2099')
})

test('a time in the night of the clocks means what the form says that it means', async ({ page }) => {
  const organization = await openKeys(page)
  const dialog = await fillForm(page, 'Spring')
  await dialog.getByLabel('Expiry date').fill('2030-03-31')
  await dialog.getByLabel('Expiry time').fill('02:30')
  await expect(dialog.getByText('there is no 02:30')).toBeVisible()
  await expect(dialog.getByText('31 Mar 2030, 03:30 CEST')).toBeVisible()
  await save(page)
  await takeKey(page)
  await fillForm(page, 'Autumn')
  await dialog.getByLabel('Expiry date').fill('2030-10-27')
  await dialog.getByLabel('Expiry time').fill('2:30')
  await expect(dialog.getByText('02:30 CEST').first()).toBeVisible()
  await dialog.getByRole('radio', { name: '27 Oct 2030, 02:30 CET' }).check()
  await save(page)
  await takeKey(page)
  const rows =
    await ownerSql`select name, expires_at from service_keys where organization_id = ${organization.id} order by name`
  expect(rows.map(({ name, expires_at }) => [name, expires_at.toISOString()])).toEqual([
    ['Autumn', '2030-10-27T01:30:00.000Z'],
    ['Spring', '2030-03-31T01:30:00.000Z'],
  ])
})

test('a service user is found, made by its name, and refused when it is full', async ({ page }) => {
  const organization = await openKeys(page)
  for (let n = 0; n < 10; n++) await insertKey(organization.id, `Key ${n}`, { serviceUser: 'Full robot' })
  await insertKey(organization.id, 'One', { serviceUser: 'Free robot' })
  await fillForm(page, 'Next', '')
  const field = page.getByRole('combobox', { name: 'Service User' })
  await field.press('ArrowDown')
  const full = page.getByRole('option', { name: 'Full robot' })
  await expect(full).toContainText('10 of 10 live keys: full')
  await expect(full).toHaveAttribute('aria-disabled', 'true')
  await field.fill('free')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option', { name: 'Free robot' })).toContainText('1 of 10 live keys')
  await field.press('ArrowDown')
  await field.press('Enter')
  await expect(field).toHaveValue('Free robot')
  await expect(page.getByText('Free robot has 1 of 10 live keys.')).toBeVisible()

  await field.fill('full ROBOT')
  await page.getByRole('dialog').getByLabel('Name').focus()
  await save(page)
  await expect(page.getByText('has 10 live keys already')).toBeVisible()
  await field.fill('New robot')
  await expect(page.getByText('None of this name yet: a new one will be made.')).toBeVisible()
  await field.press('Escape')
  await expect(page.getByRole('dialog')).toBeVisible()
  await save(page)
  await takeKey(page)
  await expect(keyRow(page, 'Next')).toContainText('New robot')
})

test('the whole way works by keyboard alone', async ({ page }) => {
  await openKeys(page)
  const tabTo = async (name: string | RegExp, role: 'button' | 'textbox' | 'combobox' | 'radio') => {
    const target = page.getByRole(role, { name }).first()
    await expect(target).toBeVisible()
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never reaches ${name}`)
  }
  await tabTo('Generate API Key', 'button')
  await page.keyboard.press('Enter')
  await tabTo('Name', 'textbox')
  await page.keyboard.type('Keyboard key')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Billing robot')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: 'Read and write' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.type('192.0.2.0/24')
  await tabTo('Save & Close', 'button')
  await page.keyboard.press('Enter')
  await tabTo('Copy', 'button')
  await page.keyboard.press('Enter')
  await expect(page.getByText('You have copied it.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Generate API Key' })).toBeFocused()
  await tabTo('Actions for Keyboard key', 'button')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Disable' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Actions for Keyboard key' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Delete this service key?' })).toBeVisible()
  await tabTo('Delete Key', 'button')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } })

    test('axe finds nothing on any state of the screen', async ({ page }) => {
      test.setTimeout(180_000)
      const organization = await createOrganization()
      await signIn(page, organization.email('admin'))
      await page.goto('/settings/service-keys')
      await expect(page.getByRole('heading', { name: 'No service keys yet' })).toBeVisible()
      await check(page)
      const dialog = await fillForm(page, 'Billing sync')
      await check(page)
      await dialog.getByLabel('Allowed IP ranges').fill('home\n::/0')
      await dialog.getByLabel('Expiry date').fill('2030-10-27')
      await dialog.getByLabel('Expiry time').fill('02:30')
      await save(page)
      await expect(dialog.getByText('Line 1:')).toBeVisible()
      await check(page)
      await dialog.getByLabel('Allowed IP ranges').fill('')
      await save(page)
      await expect(generated(page)).toBeVisible()
      await check(page)
      await page.keyboard.press('Escape')
      await check(page)
      await page.getByRole('button', { name: 'Close Without Copying' }).click()

      await insertKey(organization.id, 'Old one', { createdAgo: 40, expiredAgo: 2, usedAgo: 3 })
      await insertKey(organization.id, 'Many ranges', {
        ranges: ['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', '203.0.113.7/32'],
        usedAgo: 1,
        expiredAgo: -3,
      })
      await insertKey(organization.id, 'A name so long that it must be broken somewhere '.repeat(2).trim(), {
        disabledAgo: 0.5,
      })
      await page.reload()
      await expect.poll(() => names(page)).toHaveLength(4)
      await check(page)
      for (const item of ['Edit', 'Rotate', 'Disable', 'Delete']) {
        await page.getByRole('button', { name: 'Actions for Many ranges' }).click()
        await check(page)
        await page.getByRole('menuitem', { name: item }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await check(page)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.getByRole('button', { name: 'Actions for Old one' }).click()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByLabel('Select Old one').check()
      await page.getByLabel('Select Many ranges').check()
      await check(page)
      await page.getByRole('button', { name: 'Disable', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
      await expect(page.getByRole('dialog', { name: '1 of 2 keys disabled' })).toBeVisible()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Service user' }).click()
      await expect(page.getByRole('option').first()).toBeVisible()
      await check(page)
      await page.goto('/settings/service-keys?name=nothing')
      await expect(page.getByRole('heading', { name: 'No key matches' })).toBeVisible()
      await check(page)
    })
  })
}

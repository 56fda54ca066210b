import { expect, type Page, test } from '@playwright/test'
import { axe, mailsTo, ownerSql, signIn } from './fixtures'
import { createOrganization, type Organization, openSection } from './organization'

const limit = 5_242_880
const mebibyte = 1_048_576
const ask = (page: Page) => page.getByRole('button', { name: 'Request a larger limit' })
const send = (page: Page) => page.getByRole('button', { name: 'Send Request' })
const sizeField = (page: Page) => page.getByLabel('Size of the largest file')
const alert = (page: Page, words: string) => page.getByRole('alert').filter({ hasText: words })
const tested = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Tested files' }).getByRole('listitem').filter({ hasText: name })
const file = (name: string, size: number, mimeType = 'image/png') => ({
  name,
  mimeType,
  buffer: Buffer.alloc(size),
})

async function atMedia(page: Page, organization: Organization): Promise<void> {
  await signIn(page, organization.email('admin'))
  await openSection(page, 'Media')
}

test('the limit and what is in use stand there in both units', async ({ page }) => {
  const organization = await createOrganization()
  await ownerSql`insert into media values (${`med_${organization.id}`}, ${organization.id}, 'key', 'a.png', 'image/png',
    1048576, ${Buffer.alloc(32)}, now())`
  await atMedia(page, organization)
  const main = page.getByRole('main')
  await expect(main).toContainText('5 MiB (5,242,880 bytes)')
  await expect(main).toContainText('6.7 MiB as Base64 (6,990,508 characters)')
  await expect(main).toContainText('1 file, 1 MiB (1,048,576 bytes)')
})

test('a temporary limit says until when, and what comes then', async ({ page }) => {
  const organization = await createOrganization()
  await ownerSql`update organizations set temporary_media_limit_bytes = ${20 * mebibyte},
    temporary_media_limit_ends_at = now() + interval '1 day' where id = ${organization.id}`
  await atMedia(page, organization)
  await expect(page.getByRole('main')).toContainText('20 MiB (20,971,520 bytes)')
  await expect(page.getByRole('main')).toContainText(/until .*, then 5 MiB \(5,242,880 bytes\)/)
})

test('the size tester tells a byte apart, reads nothing, sends nothing', async ({ page }) => {
  await atMedia(page, await createOrganization())
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.method()))
  const choose = page.getByLabel('Choose files')
  await choose.setInputFiles([
    file('under.png', limit - 1),
    file('exact.png', limit),
    file('over.png', limit + 1),
  ])
  await expect(tested(page, 'under.png')).toContainText('Passes.')
  await expect(tested(page, 'exact.png')).toContainText('Passes.')
  await expect(tested(page, 'exact.png')).toContainText('6.7 MiB as Base64 (6,990,508 characters)')
  await expect(tested(page, 'over.png')).toContainText('Too large by 1 byte.')
  await choose.setInputFiles(file('empty.png', 0))
  await expect(tested(page, 'empty.png')).toContainText('Empty.')
  await choose.setInputFiles(file('page.html', 10, 'text/html'))
  await expect(tested(page, 'page.html')).toContainText('the API takes no files of type text/html')
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByRole('list', { name: 'Tested files' })).toBeHidden()
  await expect(choose).toBeFocused()
  expect(requests.filter((method) => method !== 'GET')).toEqual([])
})

test('files can be dropped, and a folder is told apart', async ({ page }) => {
  await atMedia(page, await createOrganization())
  const zone = page.getByText('Drop files here')
  await zone.evaluate((element, size) => {
    const files = new DataTransfer()
    files.items.add(new File([new Uint8Array(size)], 'dropped.png', { type: 'image/png' }))
    for (const type of ['dragover', 'drop'])
      element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: files }))
  }, limit + 1)
  await expect(tested(page, 'dropped.png')).toContainText('Too large by 1 byte.')
  await zone.evaluate((element) => {
    const folder = new File([], 'photos')
    const item = { kind: 'file', getAsFile: () => folder, webkitGetAsEntry: () => ({ isDirectory: true }) }
    const event = new Event('drop', { bubbles: true, cancelable: true })
    element.dispatchEvent(Object.assign(event, { dataTransfer: { items: [item] } }))
  })
  await expect(tested(page, 'photos')).toContainText('A folder.')
})

test('a request says what is wrong beside its field, reaches support, and stands there while it is open', async ({
  page,
}) => {
  const organization = await createOrganization()
  await atMedia(page, organization)
  await ask(page).click()
  await page.getByLabel('Reason').fill('Scans of contracts')
  for (const [size, words] of [
    ['', 'Enter a size, such as 20 or 7.5.'],
    ['many', 'Enter a size, such as 20 or 7.5.'],
    ['5', 'Ask for more than the present limit, 5 MiB (5,242,880 bytes).'],
    ['100.1', 'Ask for 100 MiB (104,857,600 bytes) at most.'],
  ] as const) {
    await sizeField(page).fill(size)
    await send(page).click()
    await expect(alert(page, words)).toBeVisible()
    await expect(sizeField(page)).toHaveAttribute('aria-invalid', 'true')
  }
  await sizeField(page).fill('20')
  await page.getByLabel('Reason').fill(' ')
  await send(page).click()
  await expect(alert(page, 'Say what the larger files are for')).toBeVisible()
  await page.getByLabel('Reason').fill('Scans of contracts')
  await send(page).click()

  const open = page.getByRole('region', { name: 'Request for a larger limit' })
  await expect(open).toContainText('Waiting for support')
  await expect(open).toContainText('20 MiB (20,971,520 bytes)')
  await expect(open).toContainText('Scans of contracts')
  await expect(open).toContainText('Asked for by Ada admin')
  await expect(ask(page)).toBeHidden()
  await page.reload()
  await openSection(page, 'Media')
  await expect(open).toContainText('Waiting for support')
  const [row] = await ownerSql`select media_limit_bytes from organizations where id = ${organization.id}`
  expect(Number(row?.media_limit_bytes)).toBe(limit)
  const mails = await mailsTo('support@example.com')
  expect(
    mails.filter(({ subject }) => subject === `${organization.name} asks for a media limit of 20 MiB`),
  ).toHaveLength(1)
})

test('of two admins who ask at once the second is told what is open', async ({ page, browser }) => {
  const organization = await createOrganization()
  await atMedia(page, organization)
  await ask(page).click()
  const other = await browser.newPage()
  await signIn(other, organization.email('second-admin'))
  await openSection(other, 'Media')
  await ask(other).click()
  for (const [each, size] of [
    [other, '20'],
    [page, '50'],
  ] as const) {
    await sizeField(each).fill(size)
    await each.getByLabel('Reason').fill('Scans')
  }
  await send(other).click()
  await expect(other.getByText('Waiting for support')).toBeVisible()
  await send(page).click()
  await expect(alert(page, 'Bea Second has already asked for 20 MiB (20,971,520 bytes)')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Request for a larger limit' })).toContainText('Bea Second')
})

test('the decisions of support stand there with who, when and why', async ({ page }) => {
  const organization = await createOrganization()
  const [support] = await ownerSql`select id, name from users where email = 'support@example.com'`
  const asker = `usr_admin${organization.id.replace('org_e2e', '')}`
  await ownerSql`insert into media_limit_requests values (${`mlr_${organization.id}`}, ${organization.id}, ${20 * mebibyte},
    'Scans', now() - interval '2 days', ${asker}, now() - interval '1 day', ${support?.id}, null, 'Shrink them first')`
  await ownerSql`insert into media_limit_changes values (${organization.id}, 1, ${limit}, ${8 * mebibyte}, null,
    'A meeting half way', now(), ${support?.id}, null)`
  await atMedia(page, organization)
  const main = page.getByRole('main')
  await expect(main).toContainText('Limit set to 8 MiB (8,388,608 bytes)')
  await expect(main).toContainText('A meeting half way')
  await expect(main).toContainText(support?.name)
  await page.getByText('Earlier decisions').click()
  await expect(page.getByText('Declined: 20 MiB')).toBeVisible()
  await expect(page.getByText('Shrink them first')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`fits 390 pixels, and axe finds nothing, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme })
    const organization = await createOrganization()
    await ownerSql`update organizations set temporary_media_limit_bytes = ${20 * mebibyte},
      temporary_media_limit_ends_at = now() + interval '1 day' where id = ${organization.id}`
    await atMedia(page, organization)
    await page.getByLabel('Choose files').setInputFiles([file('a.png', 1), file(`${'b'.repeat(120)}.png`, 0)])
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      await axe(page)
      await ask(page).click()
      await send(page).click()
      await expect(alert(page, 'Enter a size')).toBeVisible()
      await axe(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.keyboard.press('Escape')
    }
  })
}

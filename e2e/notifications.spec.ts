import { expect, type Page, test } from '@playwright/test'
import { call } from './actions'
import { check, ownerSql, signIn } from './fixtures'
import { bell, fold, insertNotice, notice } from './notices'
import { createOrganization, type Organization, openWithKey, type Role, rowOf } from './organization'
import { view } from './secrets'

const titles = (page: Page) => page.getByRole('article').getByRole('heading').allInnerTexts()
const unreadOf = (page: Page) => page.getByRole('heading', { name: /^Unread:/ })

async function openNotifications(
  page: Page,
  organization: Organization,
  role: Role | 'second-admin' = 'admin',
) {
  await signIn(page, organization.email(role))
  await page.goto('/notifications')
  await expect(page.getByRole('heading', { name: 'All Notifications', level: 1 })).toBeVisible()
}

test('the bell counts up while one watches, when another admin creates, views and revokes the key', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const other = await browser.newPage()
  await openWithKey(other, organization)
  await signIn(page, organization.email('second-admin'))
  await expect(bell(page)).toHaveAccessibleName('Notifications, 1 unread')
  await view(other, 'Active', organization.email('admin'))
  await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread', { timeout: 15_000 })
  await expect(page.getByRole('status').filter({ hasText: '1 new notification' })).toBeAttached()

  await bell(page).click()
  await expect(page).toHaveURL(/\/notifications$/)
  await expect(notice(page, /Ada admin created an organization key/)).toBeVisible()
  await expect(notice(page, /Ada admin viewed the organization key/)).toBeVisible()
  await other.keyboard.press('Escape')
  await rowOf(other, 'Active').getByRole('button', { name: 'Revoke' }).click()
  await other.getByRole('button', { name: 'Revoke Key' }).click()
  await expect(bell(page)).toHaveAccessibleName('Notifications, 3 unread', { timeout: 15_000 })
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('button', { name: 'Something new has come in: show it' }).click()
  await expect(page.getByRole('article')).toHaveCount(3)
  await expect(page.getByRole('button', { name: /Something new/ })).toBeHidden()

  await notice(page, /revoked/)
    .getByRole('link', { name: 'Open Settings > API' })
    .click()
  await expect(page).toHaveURL(/\/settings\/api$/)
  await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread')
  await other.goto('/notifications')
  await expect(other.getByRole('heading', { name: 'No notifications yet' })).toBeVisible()
})

test('filters stand in the address, and go together', async ({ page }) => {
  const organization = await createOrganization()
  const to = [organization.email('admin')]
  await insertNotice(organization, { to, name: 'Newest' })
  await insertNotice(organization, {
    to,
    name: 'Bea Second',
    kind: 'organization-key-revealed',
    minutesAgo: 1,
  })
  await insertNotice(organization, { to, name: 'Oldest', minutesAgo: 2 })
  await insertNotice(organization, { to: [organization.email('auditor')], name: 'Not mine', minutesAgo: 3 })
  await openNotifications(page, organization)
  await expect(page.getByRole('article')).toHaveCount(3)
  expect((await titles(page)).map((title) => /Newest|Bea|Oldest/.exec(title)?.[0])).toEqual([
    'Newest',
    'Bea',
    'Oldest',
  ])
  await notice(page, /Oldest/)
    .getByRole('button', { name: 'Mark as read' })
    .click()
  await expect(unreadOf(page)).toHaveCount(2)
  await page.getByRole('link', { name: 'Unread (2)' }).click()
  await expect(page).toHaveURL(/show=unread/)
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('link', { name: 'Service keys' }).last().click()
  await expect(page).toHaveURL(/show=unread&about=service-keys/)
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.reload()
  await expect(notice(page, /Newest/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Unread (2)' })).toHaveAttribute('aria-current', 'true')
  await page.goBack()
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('link', { name: 'Everybody’s' }).click()
  await expect(page.getByRole('article')).toHaveCount(4)
  await expect(notice(page, /Not mine/).getByRole('button', { name: 'Mark as read' })).toBeHidden()
  await expect(page.getByRole('button', { name: /Mark all as read/ })).toBeHidden()
  await page.getByRole('link', { name: 'Mine' }).click()
  await expect(page.getByRole('button', { name: 'Mark all as read (2)' })).toBeVisible()
  await page.goto('/notifications?whose=nobodys&show=x&about=y&after=z')
  await expect(page.getByRole('article')).toHaveCount(3)
})

test('one is marked, then all; what arrives meanwhile stays unread', async ({ page }) => {
  const organization = await createOrganization()
  const to = [organization.email('auditor')]
  for (let n = 1; n < 4; n++) await insertNotice(organization, { to, name: `Key ${n}`, minutesAgo: n })
  await openNotifications(page, organization, 'auditor')
  await expect(bell(page)).toHaveAccessibleName('Notifications, 3 unread')
  await notice(page, /Key 1/).getByRole('button', { name: 'Mark as read' }).click()
  await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread')
  await expect(fold(page, /Key 1/)).toBeFocused()
  await expect(notice(page, /Key 1/).getByRole('button', { name: 'Mark as read' })).toBeHidden()

  await insertNotice(organization, { to, name: 'Slipped in', minutesAgo: 2 })
  await page.getByRole('button', { name: 'Mark all as read (2)' }).click()
  await expect(page.getByRole('status').getByText('Something new has come in meanwhile.')).toBeVisible()
  await expect(notice(page, /Slipped in/)).toBeVisible()
  await insertNotice(organization, { to, name: 'Arrived' })
  await page.getByRole('button', { name: 'Mark all as read (3)' }).click()
  await expect(notice(page, /Arrived/)).toBeVisible()
  await expect(unreadOf(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Mark all as read (1)' }).click()
  await expect(unreadOf(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Mark/ })).toHaveCount(0)
  await expect(page.locator('#content')).toBeFocused()
  await expect(bell(page)).toHaveAccessibleName('Notifications')
  await page.getByRole('link', { name: 'Unread' }).click()
  await expect(page.getByRole('heading', { name: 'You have read everything' })).toBeVisible()
})

test('admins see how each mail stands, and that mails wait; nobody else does', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const organization = await createOrganization()
  const to = ['admin', 'auditor', 'developer', 'member'].map((role) => organization.email(role as Role))
  const waiting = {
    next_mail_at: new Date(Date.now() + 3_600_000),
    mail_tries: 4,
    mail_problem: 'The mail service cannot be reached.',
  }
  await insertNotice(organization, { to, name: 'Waits', mail: waiting, minutesAgo: 6 })
  await insertNotice(organization, {
    to: to.slice(1, 2),
    name: 'Gone',
    mail: { dropped_at: new Date(), drop_reason: 'key-deleted' },
  })
  await insertNotice(organization, { to: to.slice(0, 1), name: 'Went' })
  await openNotifications(page, organization)
  await expect(page.getByText('4 mails have been waiting since')).toContainText('since')
  await expect(page.locator('main')).toContainText(
    'The mail service cannot be reached. They go out by themselves',
  )
  await notice(page, /Waits/).getByText('Mail: 4 waiting').click()
  await expect(notice(page, /Waits/).getByRole('listitem').filter({ hasText: 'Ada auditor' })).toContainText(
    /Waiting after 4 tries, next \d.*The mail service cannot be reached\./,
  )
  await notice(page, /Went/).getByText('Mail: 1 sent').click()
  await expect(notice(page, /Went/).getByRole('listitem')).toContainText(/Ada admin\s*Mailed \d/)
  await page.getByRole('link', { name: 'Everybody’s' }).click()
  await notice(page, /Gone/).getByText('Mail: 1 not sent').click()
  await expect(notice(page, /Gone/).getByRole('listitem')).toContainText(
    'Not sent: the key was deleted before',
  )

  for (const role of ['developer', 'auditor', 'member'] as const) {
    const someone = await browser.newPage()
    await openNotifications(someone, organization, role)
    await expect(notice(someone, /Waits/)).toBeVisible()
    await someone.goto('/notifications?whose=everybodys')
    await expect(notice(someone, /Waits/)).toBeVisible()
    await expect(someone.getByRole('link', { name: 'Everybody’s' })).toBeHidden()
    const all = await someone.content()
    for (const kept of ['Mail:', 'mail service', 'Ada admin', 'Went', 'have been waiting'])
      expect([role, kept, all.includes(kept)]).toEqual([role, kept, false])
    await someone.close()
  }
})

test('a member lands on the notifications, and has nothing else', async ({ page }) => {
  const organization = await createOrganization()
  await insertNotice(organization, { to: [organization.email('member')] })
  await signIn(page, organization.email('member'))
  await expect(page).toHaveURL(/\/notifications$/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/notifications$/)
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  await expect(links).toHaveText(['Notifications'])
  await expect(links).toHaveAttribute('aria-current', 'page')
  await expect(notice(page, /Till/).getByRole('link')).toHaveCount(0)
  await expect(notice(page, /Till/)).toContainText(
    `An admin or a developer of ${organization.name} can act on it.`,
  )
  await page.getByRole('link', { name: 'Your membership' }).click()
  await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible()
})

test('an empty page says why it is empty', async ({ page }) => {
  const organization = await createOrganization()
  const line = page.getByText(`${organization.name} has not used the API yet,`)
  await openNotifications(page, organization)
  await expect(page.getByRole('heading', { name: 'No notifications yet' })).toBeVisible()
  await expect(page.getByText('You are in no group with Account alerts')).toBeVisible()
  await expect(line).toBeVisible()
  await ownerSql`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
    values ('key_x', ${organization.id}, '::1', 'x', now())`
  await page.reload()
  await expect(line).toBeHidden()
  await expect(page.getByText('Nobody gets account alerts.')).toBeVisible()
})

test('older pages, each notice once', async ({ page }) => {
  const organization = await createOrganization()
  const to = [organization.email('admin')]
  for (let n = 10; n < 45; n++) await insertNotice(organization, { to, name: `Key ${n}`, minutesAgo: n })
  await openNotifications(page, organization)
  const first = await titles(page)
  expect(first).toHaveLength(30)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(page.getByRole('article')).toHaveCount(5)
  expect(new Set([...first, ...(await titles(page))]).size).toBe(35)
  await expect(page.getByRole('link', { name: 'Older' })).toBeHidden()
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(page.getByRole('article')).toHaveCount(30)
})

test("another organization's notice is exactly like an absent one", async ({ page, playwright }) => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()]
  const noticeId = await insertNotice(theirs, { to: [theirs.email('admin')] })
  const forOther = await insertNotice(mine, { to: [mine.email('auditor')] })
  await openNotifications(page, mine)
  for (const id of [noticeId, forOther, 'ntc_absent'])
    expect((await call(page.request, 'markRead', [mine.id, { noticeId: id }])).reason).toBe('not-found')
  expect((await call(page.request, 'markRead', [theirs.id, { noticeId }])).reason).toBe('forbidden')
  const route = (id: string) => page.request.get(`/api/console/notifications?organization=${id}`)
  expect(await (await route(mine.id)).json()).toEqual({ count: 0, newest: null })
  const [foreign, absent] = [await route(theirs.id), await route('org_nowhere')]
  expect([foreign.status(), await foreign.text()]).toEqual([403, await absent.text()])
  const nobody = await playwright.request.newContext({ baseURL: new URL(page.url()).origin })
  expect((await nobody.get(`/api/console/notifications?organization=${mine.id}`)).status()).toBe(401)
  await nobody.dispose()
  const [row] = await ownerSql`select count(*)::int as unread from notice_deliveries
    where notice_id in (${noticeId}, ${forOther}) and read_at is null`
  expect(row?.unread).toBe(2)
})

test('the bell asks nothing while the tab is hidden, and keeps what it knows while nobody answers', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await insertNotice(organization, { to: [organization.email('auditor')] })
  await signIn(page, organization.email('auditor'))
  await page.clock.install()
  await page.goto('/settings/service-keys')
  await expect(bell(page)).toHaveAccessibleName('Notifications, 1 unread')
  let asked = 0
  await page.route('**/api/console/notifications*', (route) => {
    asked++
    return route.abort()
  })
  for (let n = 1; n <= 3; n++) {
    await page.clock.runFor(10_000)
    await expect.poll(() => asked).toBeGreaterThanOrEqual(n)
  }
  await expect(bell(page)).toHaveAccessibleName('Notifications, 1 unread')
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0)

  const setVisibility = (state: 'hidden' | 'visible') =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }, state)
  await setVisibility('hidden')
  const before = asked
  await page.clock.runFor(60_000)
  expect(asked).toBe(before)
  await page.unroute('**/api/console/notifications*')
  await insertNotice(organization, { to: [organization.email('auditor')] })
  await setVisibility('visible')
  await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread')
})

test('everything is reached and done by keyboard', async ({ page }) => {
  const organization = await createOrganization()
  for (const name of ['Older one', 'Newer one'])
    await insertNotice(organization, { to: [organization.email('admin')], name })
  await signIn(page, organization.email('admin'))
  const reach = async (target: ReturnType<Page['getByRole']>) => {
    for (let n = 0; n < 40; n++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    await expect(target).toBeFocused()
  }
  await reach(bell(page))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/notifications$/)
  await reach(notice(page, /Newer one/).getByRole('button', { name: 'Mark as read' }))
  await page.keyboard.press('Enter')
  await expect(fold(page, /Newer one/)).toBeFocused()
  await expect(notice(page, /Newer one/).getByText(/Every call with it is refused/)).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(notice(page, /Newer one/).getByText(/Every call with it is refused/)).toBeVisible()
  await reach(notice(page, /Newer one/).getByText('Mail: 1 sent'))
  await page.keyboard.press('Enter')
  await expect(notice(page, /Newer one/).getByText(/^Mailed/)).toBeVisible()
  await reach(notice(page, /Older one/).getByRole('link', { name: 'Open the key' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/service-keys\?name=Older\+one/)
  await expect(bell(page)).toHaveAccessibleName('Notifications')
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 390])
    test(`fits ${width} pixels, and axe finds nothing, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000)
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      const organization = await createOrganization()
      await openNotifications(page, organization)
      await check(page)
      const to = [organization.email('admin'), organization.email('auditor')]
      const name = `<b>${'LongNameWithoutBlanks'.repeat(9)}`
      const mail = {
        next_mail_at: new Date(),
        mail_tries: 1,
        mail_problem: 'The mail service is out of order.',
      }
      await insertNotice(organization, { to, name, mail, minutesAgo: 9 })
      await insertNotice(organization, { to, name, kind: 'organization-key-revealed' })
      await page.reload()
      await expect(bell(page)).toBeVisible()
      for (const summary of await page.locator('main summary').filter({ hasText: 'Mail:' }).all())
        await summary.click()
      await check(page)
      await page.getByRole('button', { name: /Mark all/ }).click()
      await expect(unreadOf(page)).toHaveCount(0)
      await check(page)
      await fold(page, /viewed/).click()
      await check(page)
      await page.goto('/notifications?show=unread')
      await check(page)
    })

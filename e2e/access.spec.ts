import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { actions, call } from './actions'
import { consoleUrl, latestCode, ownerSql, signIn } from './fixtures'
import { createOrganization, openWithKey, type Role } from './organization'
import { closeDialog, view } from './secrets'

const admin: Role[] = ['admin']
const keepers: Role[] = ['admin', 'developer']
const readers: Role[] = ['admin', 'developer', 'auditor']
const everybody: Role[] = ['admin', 'developer', 'auditor', 'member']
/** Who may call what. An action without a row here fails the first test. */
const allowed: Record<string, Role[] | 'anyone' | 'staff'> = {
  sendCode: 'anyone',
  enterCode: 'anyone',
  sendJoinCode: 'anyone',
  joinOrganization: 'anyone',
  signOut: 'anyone',
  switchOrganization: 'anyone',
  issueKey: admin,
  testKey: admin,
  sendRevealCode: admin,
  confirmRevealCode: admin,
  revealKey: admin,
  revokeKey: admin,
  setKeyExpiry: admin,
  removeExpiration: admin,
  restoreExpiration: admin,
  deleteKey: admin,
  setReplacementInterval: admin,
  setIsoUtcFormat: admin,
  setTimeZone: admin,
  setRequestIdHeader: admin,
  requestMediaLimit: admin,
  generateServiceKey: keepers,
  editServiceKey: keepers,
  rotateServiceKey: keepers,
  enableServiceKey: keepers,
  disableServiceKey: keepers,
  deleteServiceKey: keepers,
  disableServiceKeys: keepers,
  deleteServiceKeys: keepers,
  searchServiceUsers: readers,
  findServiceKey: readers,
  inviteMembers: admin,
  resendInvitation: admin,
  withdrawInvitation: admin,
  changeRole: admin,
  removeMember: admin,
  createGroup: admin,
  renameGroup: admin,
  deleteGroup: admin,
  changeGroups: admin,
  setAccountAlerts: admin,
  markRead: everybody,
  markAllRead: everybody,
  // The last one that is tried: nothing is open to who has left.
  leaveOrganization: everybody,
  setMediaLimit: 'staff',
  grantRequest: 'staff',
  declineRequest: 'staff',
}
const guarded = Object.keys(allowed).filter((name) => Array.isArray(allowed[name]))
const isAllowed = (role: Role, name: string) => (allowed[name] ?? []).includes(role)
const staffOnly = Object.keys(allowed).filter((name) => allowed[name] === 'staff')
/** These name no key: the organization is all that binds them. */
const withoutKey = [
  'issueKey',
  'confirmRevealCode',
  'setReplacementInterval',
  'setIsoUtcFormat',
  'setTimeZone',
  'setRequestIdHeader',
  'requestMediaLimit',
  'generateServiceKey',
  'searchServiceUsers',
  'findServiceKey',
  'inviteMembers',
  'createGroup',
  'markAllRead',
  'leaveOrganization',
  // What became of each key is a part of their answer.
  'disableServiceKeys',
  'deleteServiceKeys',
]
const absentKey = 'key_0000000000000000000000'
const [userId, groupId, invitationId] = ['usr_absent', 'grp_absent', 'inv_absent']

const inputs = (keyId: string): Record<string, object> => ({
  issueKey: {},
  confirmRevealCode: { keyId, code: '123456' },
  setKeyExpiry: { keyId, expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  setReplacementInterval: { days: 200 },
  setIsoUtcFormat: { on: true },
  setTimeZone: { from: 'UTC', timeZone: 'Europe/Berlin' },
  setRequestIdHeader: { from: 'X-Customer-Request-Id', name: 'X-Trace' },
  requestMediaLimit: { wantedBytes: 20_971_520, reason: 'Scans' },
  generateServiceKey: {
    name: 'Billing sync',
    serviceUser: { name: 'Billing' },
    accessLevel: 'read',
    allowedRanges: '',
    expiresAt: null,
  },
  editServiceKey: {
    keyId,
    name: 'Other',
    accessLevel: 'full',
    allowedRanges: '',
    changedAt: '2026-01-01T00:00:00.000Z',
  },
  rotateServiceKey: { keyId, secretId: 'sec_0000000000000000000000', overlapHours: 0 },
  disableServiceKeys: { keyIds: [keyId] },
  deleteServiceKeys: { keyIds: [keyId] },
  searchServiceUsers: { text: '' },
  findServiceKey: { digest: '0'.repeat(64) },
  inviteMembers: { addresses: 'nobody@example.com', role: 'member', groupIds: [] },
  resendInvitation: { invitationId },
  withdrawInvitation: { invitationId },
  changeRole: { userId, from: 'admin', role: 'member' },
  removeMember: { userId },
  createGroup: { name: 'Operations', accountAlerts: true },
  renameGroup: { groupId, name: 'Operations' },
  deleteGroup: { groupId },
  changeGroups: { userId, join: [], leave: [] },
  setAccountAlerts: { groupId, on: true },
  markRead: { noticeId: 'ntc_absent' },
  markAllRead: {
    upTo: Buffer.from('2026-11-23T09:00:00.000000Z ntc_absent').toString('base64url'),
    unread: 0,
  },
  leaveOrganization: {},
})
const inputOf = (name: string, keyId: string) => inputs(keyId)[name] ?? { keyId }

/** Every page and every route of the console, as the framework itself lists them. */
const places = Object.values(
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8'))),
)
const consoleRoutes = places.filter((path) => path.startsWith('/api/console/'))
const consolePages = places.filter((path) => /^\/(settings|requests|audit|notifications)/.test(path))

const requestId = 'mlr_0000000000000000000000'
const staffInputs = (organizationId: string): Record<string, object> => ({
  setMediaLimit: { organizationId, bytes: 20_971_520, reason: 'Scans', seen: 0 },
  grantRequest: { organizationId, requestId, bytes: 20_971_520, reason: 'Scans', seen: 0 },
  declineRequest: { organizationId, requestId, reason: 'No' },
})
const argumentsOf = (name: string, organizationId: string, keyId: string): unknown[] => {
  if (allowed[name] === 'anyone') return [{}]
  if (allowed[name] === 'staff') return [staffInputs(organizationId)[name]]
  return [organizationId, inputOf(name, keyId)]
}

const facts = (organizationId: string) =>
  ownerSql`select o.replace_every_days, o.iso_utc_format, o.time_zone, o.request_id_header, o.media_limit_bytes,
    o.temporary_media_limit_bytes,
    (select count(*) from media_limit_requests r where r.organization_id = o.id) as limit_requests,
    (select count(*) from memberships m where m.organization_id = o.id) as members,
    (select count(*) from groups g where g.organization_id = o.id) as groups,
    (select count(*) from invitations i where i.organization_id = o.id) as invitations,
    (select count(*) from service_users u where u.organization_id = o.id) as service_users,
    (select count(*) from service_keys s where s.organization_id = o.id) as service_keys, k.* from organizations o left join organization_keys k on k.organization_id = o.id
    where o.id = ${organizationId} order by k.generation`

const currentKey = async (organizationId: string): Promise<string> =>
  (
    await ownerSql`select id from organization_keys where organization_id = ${organizationId} and successor_id is null`
  )[0]?.id

test('every server action has a row in the table', () => {
  expect(actions.map((action) => action.name).toSorted()).toEqual(Object.keys(allowed).toSorted())
})

test('every action answers each role as the table says, and nobody signed out', async ({
  browser,
  page,
  request,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const keyId = await currentKey(organization.id)
  const before = await facts(organization.id)
  for (const role of ['developer', 'auditor', 'member'] as const) {
    const someone = await browser.newPage()
    await signIn(someone, organization.email(role))
    for (const name of guarded.filter((each) => !isAllowed(role, each))) {
      const answer = await call(someone.request, name, [organization.id, inputOf(name, keyId)])
      expect([role, name, answer.reason]).toEqual([role, name, 'forbidden'])
    }
    const read = await someone.request.get(`/api/console/organization-keys?organization=${organization.id}`)
    expect([role, read.status()]).toEqual([role, role === 'auditor' ? 200 : 403])
  }
  for (const name of guarded) {
    const answer = await call(request, name, [organization.id, inputOf(name, keyId)])
    expect([name, answer.reason]).toEqual([name, 'signed-out'])
  }
  expect((await request.get(`/api/console/organization-keys?organization=${organization.id}`)).status()).toBe(
    401,
  )
  expect(await facts(organization.id)).toEqual(before)
  const own = {
    ...Object.fromEntries(guarded.map((name) => [name, 'not-found'])),
    issueKey: 'already-active',
    confirmRevealCode: 'code-over',
    setReplacementInterval: 'done',
    setIsoUtcFormat: 'done',
    setTimeZone: 'done',
    setRequestIdHeader: 'done',
    requestMediaLimit: 'done',
    generateServiceKey: 'done',
    disableServiceKeys: 'done',
    deleteServiceKeys: 'done',
    searchServiceUsers: 'done',
    findServiceKey: 'done',
    inviteMembers: 'done',
    createGroup: 'done',
    markAllRead: 'done',
    leaveOrganization: 'done',
  }
  for (const role of ['admin', 'developer', 'auditor'] as const) {
    const someone = role === 'admin' ? page : await browser.newPage()
    if (role !== 'admin') await signIn(someone, organization.email(role))
    const names = guarded.filter((each) => isAllowed(role, each))
    const answers: Record<string, string> = {}
    for (const name of names) {
      const { ok, reason } = await call(someone.request, name, [organization.id, inputOf(name, absentKey)])
      answers[name] = ok ? 'done' : (reason ?? 'nothing')
    }
    expect([role, answers]).toEqual([
      role,
      Object.fromEntries(Object.entries(own).filter(([name]) => names.includes(name))),
    ])
  }
})

test("what is the staff's is refused to every role, and to whoever is signed out", async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  const before = await facts(organization.id)
  for (const role of ['admin', 'developer', 'auditor', 'member'] as const) {
    const someone = await browser.newPage()
    await signIn(someone, organization.email(role))
    for (const name of staffOnly) {
      const input = staffInputs(organization.id)[name]
      for (const args of [[input], [organization.id, input]]) {
        const answer = await call(someone.request, name, args)
        expect([role, name, answer.reason]).toEqual([role, name, 'forbidden'])
      }
    }
    const [absent, desk, itsPage] = [
      await someone.request.get('/nowhere'),
      await someone.request.get('/support'),
      await someone.request.get(`/support/${organization.id}`),
    ]
    for (const answer of [absent, desk, itsPage]) expect([role, answer.status()]).toEqual([role, 404])
    await someone.goto('/nowhere')
    const seen = [await someone.title(), await someone.locator('body').innerText()]
    for (const path of ['/support', `/support/${organization.id}`, '/support?q=Test']) {
      await someone.goto(path)
      expect([await someone.title(), await someone.locator('body').innerText()]).toEqual(seen)
    }
    await someone.close()
  }
  for (const name of staffOnly) {
    const answer = await call(request, name, [staffInputs(organization.id)[name]])
    expect([name, answer.reason]).toEqual([name, 'signed-out'])
  }
  expect((await request.get('/support', { maxRedirects: 0 })).headers().location).toBe('/sign-in')
  expect(await facts(organization.id)).toEqual(before)
})

test('no action that admins have takes a limit along', async ({ page }) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const keyId = await currentKey(organization.id)
  const before = await facts(organization.id)
  const smuggled = { bytes: 99, mediaLimitBytes: 99, media_limit_bytes: 99, temporaryMediaLimitBytes: 99 }
  for (const name of guarded) {
    const answer = await call(page.request, name, [organization.id, { ...inputOf(name, keyId), ...smuggled }])
    expect([name, answer.reason]).toEqual([name, 'invalid-input'])
  }
  expect(await facts(organization.id)).toEqual(before)
})

test('the staff reads and changes nothing of an organization but its limit', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openWithKey(await browser.newPage(), organization)
  await signIn(page, 'support@example.com')
  const keyId = await currentKey(organization.id)
  const before = await facts(organization.id)
  for (const id of [organization.id, 'platform', 'org_nowhere'])
    for (const name of guarded) {
      const answer = await call(page.request, name, [id, inputOf(name, keyId)])
      expect([id, name, answer.reason]).toEqual([id, name, 'forbidden'])
    }
  expect((await call(page.request, 'switchOrganization', [{ organizationId: organization.id }])).reason).toBe(
    'forbidden',
  )
  expect(consoleRoutes).toContain('/api/console/organization-keys')
  for (const path of consoleRoutes)
    for (const id of [organization.id, 'platform', 'org_nowhere']) {
      const answer = await page.request.get(`${path}?organization=${id}`)
      expect([path, id, answer.status()]).toEqual([path, id, 403])
    }
  for (const path of consolePages) {
    await page.goto(`${path}?organization=${organization.id}`)
    const text = await page.locator('body').innerText()
    expect([path, text.includes(organization.name), text.includes('kt_org_')]).toEqual([path, false, false])
  }
  await page.goto(`/support/${organization.id}`)
  await expect(page.getByRole('heading', { name: organization.name })).toBeVisible()
  const all = await page.content()
  for (const kept of ['kt_org_', keyId, organization.email('admin'), 'X-Customer-Request-Id'])
    expect([kept, all.includes(kept)]).toEqual([kept, false])
  expect(await facts(organization.id)).toEqual(before)
})

test('another organization, its key and an absent one look exactly alike', async ({ page, browser }) => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()]
  const other = await browser.newPage()
  await openWithKey(page, mine)
  await openWithKey(other, theirs)
  const foreignKey = await currentKey(theirs.id)
  const before = await facts(theirs.id)
  const eventsBefore =
    await ownerSql`select chain, sequence from audit_events where chain in (${mine.id}, ${theirs.id})`
  for (const name of guarded) {
    const [foreign, absent] = [
      await call(page.request, name, [theirs.id, inputOf(name, foreignKey)]),
      await call(page.request, name, ['org_nowhere', inputOf(name, foreignKey)]),
    ]
    expect([name, foreign.reason, foreign.status]).toEqual([name, 'forbidden', absent.status])
    expect(absent.reason).toBe('forbidden')
    if (withoutKey.includes(name)) continue
    const [foreignId, absentId] = [
      await call(page.request, name, [mine.id, inputOf(name, foreignKey)]),
      await call(page.request, name, [mine.id, inputOf(name, absentKey)]),
    ]
    expect([name, foreignId.reason]).toEqual([name, 'not-found'])
    expect([foreignId.status, foreignId.reason]).toEqual([absentId.status, absentId.reason])
  }
  expect(await facts(theirs.id)).toEqual(before)
  expect(
    await ownerSql`select chain, sequence from audit_events where chain in (${mine.id}, ${theirs.id})`,
  ).toEqual(eventsBefore)
})

test('no action runs for an absent, null, foreign or forged origin', async ({ page }) => {
  test.setTimeout(120_000)
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const keyId = await currentKey(organization.id)
  const before = await facts(organization.id)
  const origins: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' },
    { origin: `${consoleUrl}.evil.example` },
    { origin: consoleUrl.replace('http:', 'https:') },
  ]
  for (const { name } of actions) {
    for (const headers of origins) {
      const answer = await call(page.request, name, argumentsOf(name, organization.id, keyId), headers)
      expect([name, headers, answer.ok]).toEqual([name, headers, false])
      expect([name, headers, answer.reason ?? answer.status]).toEqual([
        name,
        headers,
        headers.origin === undefined ? 'bad-origin' : 403,
      ])
    }
  }
  expect(await facts(organization.id)).toEqual(before)
})

test('losing the role or the membership works on the next request', async ({ page, browser }) => {
  const organization = await createOrganization()
  await openWithKey(await browser.newPage(), organization)
  await signIn(page, organization.email('second-admin'))
  const keyId = await currentKey(organization.id)
  expect((await call(page.request, 'testKey', [organization.id, { keyId }])).ok).toBe(true)
  const who = ownerSql`user_id = (select id from users where email = ${organization.email('second-admin')})`
  await ownerSql`update memberships set role = 'auditor' where ${who}`
  expect((await call(page.request, 'testKey', [organization.id, { keyId }])).reason).toBe('forbidden')
  await ownerSql`delete from memberships where ${who}`
  expect(
    (await page.request.get(`/api/console/organization-keys?organization=${organization.id}`)).status(),
  ).toBe(403)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'You do not belong to an organization' })).toBeVisible()
})

test('tampered arguments are refused and change nothing', async ({ page }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const keyId = await currentKey(organization.id)
  const before = await facts(organization.id)
  for (const args of [
    [organization.id, { keyId, organizationId: 'org_other' }],
    [organization.id, { keyId, role: 'admin', createdBy: 'usr_other' }],
    [organization.id, { keyId: [keyId] }],
    [organization.id, { keyId: `${keyId}' or '1'='1` }],
    [organization.id, { keyId: null }],
    [organization.id, null],
    [organization.id],
    [[organization.id], { keyId }],
    [{ toString: organization.id }, { keyId }],
    [],
  ]) {
    for (const name of ['revokeKey', 'deleteKey', 'revealKey', 'removeExpiration']) {
      const answer = await call(page.request, name, args)
      expect([name, args, answer.ok]).toEqual([name, args, false])
      expect(['invalid-input', 'forbidden']).toContain(answer.reason)
    }
  }
  expect(await facts(organization.id)).toEqual(before)

  const proto = `["${organization.id}",{"days":5,"__proto__":{"isSupport":true,"organizationId":"org_other"}}]`
  const answer = await call(page.request, 'setReplacementInterval', proto)
  expect([answer.ok, answer.reason]).toEqual(answer.ok ? [true, null] : [false, 'invalid-input'])
  const [row] = await ownerSql`select replace_every_days from organizations where id = ${organization.id}`
  expect(row?.replace_every_days).toBe(answer.ok ? 5 : 365)
  expect(
    await ownerSql`select 1 from users where is_support and email <> 'support@example.com'`,
  ).toHaveLength(0)
})

test('step-up gives the session a new id; the old cookie is dead', async ({ page, context, playwright }) => {
  const organization = await createOrganization()
  await openWithKey(page, organization)
  const before = await context.storageState()
  await view(page, 'Active', organization.email('admin'))
  await closeDialog(page)
  const old = await playwright.request.newContext({ baseURL: consoleUrl, storageState: before })
  const path = `/api/console/organization-keys?organization=${organization.id}`
  expect((await old.get(path)).status()).toBe(401)
  expect((await page.request.get(path)).status()).toBe(200)
  await old.dispose()
})

test('signing in again ends the session that the browser had', async ({ page, context, playwright }) => {
  const organization = await createOrganization()
  await signIn(page, organization.email('admin'))
  const path = `/api/console/organization-keys?organization=${organization.id}`
  const session = async () =>
    (await context.cookies()).find((cookie) => cookie.name.endsWith('keyturn.session'))
  const first = await session()
  expect(first).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  const old = await playwright.request.newContext({
    baseURL: consoleUrl,
    storageState: await context.storageState(),
  })
  expect((await old.get(path)).status()).toBe(200)

  const email = organization.email('admin')
  await ownerSql`delete from one_time_codes where email = ${email}`
  const asked = new Date()
  expect((await call(page.request, 'sendCode', [{ email }])).ok).toBe(true)
  expect((await call(page.request, 'enterCode', [{ email, code: await latestCode(email, asked) }])).ok).toBe(
    true,
  )
  expect((await session())?.value).not.toBe(first?.value)
  expect((await old.get(path)).status()).toBe(401)
  expect((await page.request.get(path)).status()).toBe(200)
  await old.dispose()
})

import { createHash, randomBytes } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import { apiUrl, ownerSql, signIn } from './fixtures'
import { createOrganization, type Organization, type Role } from './organization'

/** An organization of its own, with somebody of it at its service keys. */
export async function openKeys(page: Page, role: Role = 'developer'): Promise<Organization> {
  const organization = await createOrganization()
  await signIn(page, organization.email(role))
  await page.goto('/settings/service-keys')
  return organization
}

type Facts = {
  serviceUser?: string
  accessLevel?: string
  ranges?: string[]
  /** Days before now; an expiry lies ahead of now where it is negative. */
  createdAgo?: number
  expiredAgo?: number
  disabledAgo?: number
  usedAgo?: number
}

const id = (kind: string) => `${kind}_${randomBytes(11).toString('hex')}`
const ago = (days: number | undefined) =>
  days === undefined ? null : new Date(Date.now() - days * 86_400_000).toISOString()

/** A key as time and programs leave it, which no screen can arrange. Answers its id and its text. */
export async function insertKey(organizationId: string, name: string, facts: Facts = {}) {
  const { serviceUser = 'Billing robot', accessLevel = 'read', ranges = [], createdAgo = 1 } = facts
  const created = ago(createdAgo)
  const keyId = id('key')
  const text = `kt_svc_${randomBytes(19).toString('hex')}`
  await ownerSql`insert into service_users (id, organization_id, name, created_at)
    values (${id('su')}, ${organizationId}, ${serviceUser}, ${created}) on conflict do nothing`
  await ownerSql`insert into service_keys (id, organization_id, service_user_id, name, access_level, allowed_ranges,
      created_at, changed_at, expires_at, disabled_at)
    select ${keyId}, ${organizationId}, u.id, ${name}, ${accessLevel},
      (select coalesce(array_agg(range), '{}') from jsonb_array_elements_text(${JSON.stringify(ranges)}::text::jsonb) range),
      ${created}, ${created}, ${ago(facts.expiredAgo)}, ${ago(facts.disabledAgo)}
    from service_users u where u.organization_id = ${organizationId} and lower(u.name) = lower(${serviceUser})`
  await ownerSql`insert into service_key_secrets (id, key_id, lookup_digest, masked_prefix, last4, created_at)
    values (${id('sec')}, ${keyId}, ${createHash('sha256').update(text).digest()}, ${text.slice(0, 11)}, ${text.slice(-4)}, ${created})`
  if (facts.usedAgo !== undefined)
    await ownerSql`update service_key_uses set last_used_at = ${ago(facts.usedAgo)}, last_used_from = '198.51.100.23',
      last_user_agent = 'billing-sync/2.4' where key_id = ${keyId}`
  return { keyId, text }
}

export const keyTable = (page: Page) => page.getByRole('table', { name: 'Service keys' })
export const keyRow = (page: Page, name: string): Locator =>
  keyTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader').getByText(name, { exact: true }) })
export const names = (page: Page): Promise<string[]> =>
  keyTable(page)
    .getByRole('rowheader')
    .evaluateAll((cells) => cells.map((cell) => cell.firstElementChild?.textContent ?? ''))

export async function choose(page: Page, name: string, item: string): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
  return page.getByRole('dialog')
}

/** Fills the form as far as it must be, and leaves it open. */
export async function fillForm(page: Page, name: string, serviceUser = 'Billing robot'): Promise<Locator> {
  await page.getByRole('button', { name: 'Generate API Key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('combobox', { name: 'Service User' }).fill(serviceUser)
  return dialog
}

/** The text in the dialog that shows it once. */
export async function shownKey(page: Page): Promise<string> {
  const text = await page.getByRole('region', { name: 'Secret', exact: true }).innerText()
  expect(text).toMatch(/^kt_svc_[0-9A-Za-z]{38}$/)
  return text
}

/** Copies and closes. */
export async function takeKey(page: Page): Promise<string> {
  const text = await shownKey(page)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('dialog')).toBeHidden()
  return text
}

/** What the API says to this key: its HTTP status. */
export async function answerTo(text: string): Promise<number> {
  return (await fetch(`${apiUrl}/v1/whoami`, { headers: { authorization: `Bearer ${text}` } })).status
}

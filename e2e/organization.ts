import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ownerSql, signIn } from './fixtures'

export type Role = 'admin' | 'developer' | 'auditor' | 'member'
export type Organization = { id: string; name: string; email: (role: Role | 'second-admin') => string }

/** An organization of its own for a test, with a person of each role and a second admin; no key yet. */
export async function createOrganization(): Promise<Organization> {
  const mark = randomBytes(5).toString('hex')
  const id = `org_e2e${mark}`
  const email = (role: string) => `${role}-${mark}@example.com`
  await ownerSql`insert into organizations (id, name) values (${id}, ${`Test ${mark}`})`
  for (const role of ['admin', 'second-admin', 'developer', 'auditor', 'member']) {
    const userId = `usr_${role}${mark}`
    const name = role === 'second-admin' ? 'Bea Second' : `Ada ${role}`
    await ownerSql`insert into users (id, name, email) values (${userId}, ${name}, ${email(role)})`
    await ownerSql`insert into memberships (organization_id, user_id, role)
      values (${id}, ${userId}, ${role === 'second-admin' ? 'admin' : role})`
  }
  return { id, name: `Test ${mark}`, email }
}

/** Signs an admin in and makes the organization's first key through the screen. */
export async function openWithKey(page: Page, organization: Organization): Promise<void> {
  await signIn(page, organization.email('admin'))
  await page.getByRole('button', { name: 'Create API Key' }).click()
  await page.getByRole('dialog', { name: 'New API key' }).getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(page, 'Active')).toBeVisible()
}

export const rowOf = (page: Page, state: 'Active' | 'Retiring' | 'Revoked' | 'Expired') =>
  page.getByRole('row').filter({ hasText: state }).first()

/** Unfolds a section of Settings > API. */
export async function openSection(page: Page, name: 'General' | 'Media'): Promise<void> {
  await page.locator('summary', { has: page.getByRole('heading', { name }) }).click()
}

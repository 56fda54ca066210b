import { expect, type Page } from '@playwright/test'
import { apiUrl, latestCode } from './fixtures'
import { rowOf } from './organization'

export const codeField = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Code' })

/** Views the key of a row, through the mailed code where it is asked for, and leaves the dialog open. */
export async function view(page: Page, state: 'Active' | 'Retiring', email: string): Promise<string> {
  const asked = new Date()
  await rowOf(page, state).getByRole('button', { name: 'View' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: /^(Enter the code|Secret)$/ })).toBeVisible()
  if (await codeField(page).isVisible()) {
    await codeField(page).fill(await latestCode(email, asked))
    await dialog.getByRole('button', { name: 'Continue' }).click()
  }
  return shownSecret(page)
}

export async function shownSecret(page: Page): Promise<string> {
  return page.getByRole('dialog').getByRole('region', { name: 'Secret' }).innerText()
}

export async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await dialogCloses(page)
}

/**
 * What is done is done once its dialog is gone. Ask only then what the page behind it has no more: while a dialog is
 * open, nothing of that page has a role, so that everything on it looks gone.
 */
export async function dialogCloses(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** What the API says to this Secret: its HTTP status. */
export async function statusOf(secret: string): Promise<number> {
  const response = await fetch(`${apiUrl}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })
  return response.status
}

export function claimsOf(secret: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(secret.split('.')[1] ?? '', 'base64url').toString())
}

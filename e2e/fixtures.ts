import { setTimeout as sleep } from 'node:timers/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import postgres from 'postgres'
import { z } from 'zod'

const settings = z
  .object({
    CONSOLE_URL: z.url(),
    API_URL: z.url(),
    MAILBOX_URL: z.url(),
    E2E_CONTROL_URL: z.url(),
    E2E_DATABASE_URL: z.string(),
  })
  .parse(process.env)

export const consoleUrl = settings.CONSOLE_URL
export const apiUrl = settings.API_URL
export const mailboxUrl = settings.MAILBOX_URL

/** The database as its owner, to arrange what no screen can, such as the passing of time. */
export const ownerSql = postgres(settings.E2E_DATABASE_URL, { max: 4, onnotice: () => {} })

const mail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  createdAt: z.coerce.date(),
})

export type Mail = z.infer<typeof mail>

/** The mails to an address, newest first. */
export async function mailsTo(email: string): Promise<Mail[]> {
  const response = await fetch(`${mailboxUrl}/messages?to=${encodeURIComponent(email)}`)
  return z.array(mail).parse(await response.json())
}

/** Waits for the code in the newest mail to `email` that came at or after `after`. */
export async function latestCode(email: string, after: Date): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(100)) {
    const code = (await mailsTo(email))
      .filter((each) => each.createdAt >= after)
      .map((each) => /\b\d{6}\b/.exec(each.text)?.[0])
      .find((found) => found !== undefined)
    if (code) return code
  }
  throw new Error(`No mail with a code came to ${email}.`)
}

/**
 * Signs in through the real screen. Sign-ins of one address take turns, and what earlier tests asked for is
 * forgotten, so that the limit on sending codes does not count the tests together.
 */
export async function signIn(page: Page, email: string): Promise<void> {
  const turn = await ownerSql.reserve()
  try {
    await turn`select pg_advisory_lock(hashtext(${`sign-in ${email}`}))`
    await turn`delete from one_time_codes where email = ${email}`
    const asked = new Date()
    // A form that is filled in before its script is there would be submitted without it.
    await page.goto('/sign-in', { waitUntil: 'networkidle' })
    await page.getByLabel('Email').fill(email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('textbox', { name: 'Code' }).fill(await latestCode(email, asked))
    await page.getByRole('button', { name: 'Continue' }).click()
    // As patient as with the mail: the first page after an outage may have to wait for connections.
    await expect(page).not.toHaveURL(/\/sign-in/, { timeout: 20_000 })
  } finally {
    await turn`select pg_advisory_unlock_all()`
    turn.release()
  }
}

/** Fails with the list of what axe finds wrong on the page, by the rules of WCAG 2.2 A and AA. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Where scripts are forbidden, axe would wait forever.
    .exclude('iframe[sandbox]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map((node) => node.target.join(' ')),
  }))
  expect(found).toEqual([])
}

/** No violation, and nothing wider than the screen. */
export async function check(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await axe(page)
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
}

export type ProcessName = 'database' | 'api' | 'console' | 'mailbox'

const command = (verb: 'stop' | 'start' | 'kill') => async (name: ProcessName) => {
  const response = await fetch(`${settings.E2E_CONTROL_URL}/processes/${name}/${verb}`, { method: 'POST' })
  if (!response.ok) throw new Error(`Cannot ${verb} the ${name}: ${await response.text()}`)
}

/** Breaks a part of the running product. Every worker sees it, so such tests live in `<name>.alone.spec.ts`. */
export const processes = {
  stop: command('stop'),
  /** Resolves when it is ready again. */
  start: command('start'),
  /** As `kill -9` does; it comes back by itself. */
  kill: command('kill'),
}

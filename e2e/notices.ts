import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { ownerSql } from './fixtures'
import type { Organization } from './organization'

type Facts = {
  /** Emails of those who are told. */
  to: string[]
  name?: string
  /** Of a service key; without it the notice is as old ones are. */
  keyId?: string
  kind?: 'service-key-ending' | 'organization-key-revealed'
  minutesAgo?: number
  mail?: { next_mail_at?: Date; mailed_at?: Date; dropped_at?: Date; drop_reason?: string } & {
    mail_tries?: number
    mail_problem?: string
  }
}

const id = (kind: string) => `${kind}_${randomBytes(11).toString('hex')}`

/** A notice as the clock or another admin leaves it, its mail sent where nothing else is said. Answers its id. */
export async function insertNotice({ id: organizationId }: Organization, facts: Facts): Promise<string> {
  const { to, name = 'Till', kind = 'service-key-ending', minutesAgo = 0 } = facts
  const at = new Date(Date.now() - minutesAgo * 60_000)
  const key = { key: 'kt_svc_1aB2…c3d4', lastUse: null }
  const content =
    kind === 'service-key-ending'
      ? {
          ...key,
          ...(facts.keyId ? { keyId: facts.keyId } : {}),
          name,
          serviceUser: 'Tills',
          endsAt: new Date(Date.now() + 9 * 86_400_000).toISOString(),
        }
      : { ...key, by: name, from: '203.0.113.7' }
  const noticeId = id('ntc')
  await ownerSql.begin(async (sql) => {
    await sql`insert into notices (id, organization_id, kind, subject_id, occasion, facts, created_at)
      values (${noticeId}, ${organizationId}, ${kind}, ${facts.keyId ?? id('key')}, 'test', ${JSON.stringify(content)}::text::jsonb, ${at})`
    const mail = facts.mail ?? { mailed_at: at }
    for (const email of to) {
      const [person] = await sql`select id from users where email = ${email}`
      const row = {
        notice_id: noticeId,
        user_id: person?.id,
        organization_id: organizationId,
        created_at: at,
      }
      await sql`insert into notice_deliveries ${sql({ ...row, ...mail })}`
    }
  })
  return noticeId
}

export const bell = (page: Page) =>
  page
    .getByRole('banner')
    .getByRole('link', { name: /^Notifications(,|$)/ })
    .first()
export const notice = (page: Page, title: string | RegExp) => page.getByRole('article', { name: title })

/** What is pressed to unfold or fold a notice. */
export const fold = (page: Page, title: string | RegExp) => notice(page, title).locator('summary').first()

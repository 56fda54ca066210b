import { expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { forgetNotices, noticesKeptDays } from './forget-notices'

const { owner } = await testDatabase()
const now = new Date()
const organizationId = await createOrganization({ name: 'Northwind' })
const { userId } = await createMember(organizationId, { email: 'ann@example.com', role: 'admin' })

test('notices older than 400 days go, with their deliveries', async () => {
  for (const days of [1, noticesKeptDays - 1, noticesKeptDays + 1, noticesKeptDays + 2]) {
    const at = new Date(now.getTime() - days * 86_400_000)
    await owner`insert into notices values (${`ntc_${days}`}, ${organizationId}, 'service-key-expired', 'key_1', ${`${days}`}, '{}', ${at})`
    await owner`insert into notice_deliveries (notice_id, user_id, organization_id, created_at, mailed_at)
      values (${`ntc_${days}`}, ${userId}, ${organizationId}, ${at}, ${at})`
  }
  expect(await forgetNotices(now, { batch: 1 })).toBe(1)
  expect(await forgetNotices(now)).toBe(1)
  expect(await forgetNotices(now)).toBe(0)
  expect((await owner`select notice_id as id from notice_deliveries order by 1`).map(({ id }) => id)).toEqual(
    ['ntc_1', `ntc_${noticesKeptDays - 1}`],
  )
})

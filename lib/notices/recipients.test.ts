import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { newId } from '@/lib/id'
import { findRecipients } from './recipients'

const { owner } = await testDatabase()
const used = await createOrganization({ name: 'Used' })
const quiet = await createOrganization({ name: 'Quiet' })
const member = async (organizationId: string, name: string, role: 'admin' | 'developer' = 'developer') =>
  (await createMember(organizationId, { email: `${name}@example.com`, role })).userId
const [admin, subscribed, twice] = [
  await member(used, 'admin', 'admin'),
  await member(used, 'subscribed'),
  await member(used, 'twice'),
]

async function addGroup(organizationId: string, accountAlerts: boolean, userIds: string[]) {
  const id = newId('grp')
  await owner`insert into groups (id, organization_id, name, account_alerts, created_at)
    values (${id}, ${organizationId}, ${id}, ${accountAlerts}, now())`
  for (const userId of userIds)
    await owner`insert into group_members (organization_id, group_id, user_id)
      values (${organizationId}, ${id}, ${userId})`
}

beforeAll(async () => {
  await addGroup(used, true, [subscribed, twice])
  await addGroup(used, true, [twice])
  await addGroup(used, false, [await member(used, 'other')])
  const quietAdmin = await member(quiet, 'quiet', 'admin')
  await addGroup(quiet, true, [quietAdmin])
  await owner`insert into key_uses (key_id, organization_id, address, user_agent, last_used_at)
    values ('key_1', ${used}, '203.0.113.7', 'curl/8', now())`
})

const recipients = (ids: string[], withAdmins = false) =>
  db().transaction((tx) => findRecipients(tx, ids, { withAdmins }))

describe('recipients', () => {
  test('are the members of all groups that are subscribed, each once', async () => {
    expect(await recipients([used])).toEqual(new Map([[used, [subscribed, twice].sort()]]))
  })

  test('and the admins, where they are asked for', async () => {
    expect(await recipients([used, used], true)).toEqual(new Map([[used, [admin, subscribed, twice].sort()]]))
  })

  test('are nobody in an organization that never used the API', async () => {
    expect(await recipients([quiet], true)).toEqual(new Map())
    expect(await recipients([])).toEqual(new Map())
  })

  test('a call with a service key is a use, a refused one is none', async () => {
    const suId = newId('su')
    const keyId = newId('key')
    await owner`insert into service_users (id, organization_id, name, created_at) values (${suId}, ${quiet}, 'S', now())`
    await owner`insert into service_keys (id, organization_id, service_user_id, name, access_level, created_at, changed_at)
      values (${keyId}, ${quiet}, ${suId}, 'Till', 'read', now(), now())`
    await owner`update service_key_uses set refused_at = now(), refused_from = '203.0.113.7', refused_user_agent = 'curl/8',
      refused_code = 'IP_DENIED' where key_id = ${keyId}`
    expect(await recipients([quiet])).toEqual(new Map())
    await owner`update service_key_uses set last_used_at = now(), last_used_from = '203.0.113.7', last_user_agent = 'curl/8'
      where key_id = ${keyId}`
    expect((await recipients([quiet])).get(quiet)).toHaveLength(1)
  })
})

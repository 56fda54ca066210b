import { expect, test } from 'vitest'
import { createMember, createOrganization } from '@/db/factories'
import { testDatabase } from '@/db/testing/setup'
import { addStaff } from './add-staff'

const { owner } = await testDatabase()
const staff = () => owner`select email, name from users where is_support order by email`

test('a new person and one who has an account become staff, once, and it is recorded', async () => {
  const organizationId = await createOrganization({ name: 'Org' })
  await createMember(organizationId, { email: 'ann@example.com', name: 'Ann', role: 'admin' })
  expect(await addStaff({ email: 'ann@example.com', name: 'Somebody else' })).toMatchObject({ ok: true })
  expect(await addStaff({ email: 'ben@example.com', name: 'Ben' })).toMatchObject({ ok: true })
  expect(await addStaff({ email: 'ben@example.com' })).toMatchObject({ reason: 'already-staff' })
  expect([...(await staff())]).toEqual([
    { email: 'ann@example.com', name: 'Ann' },
    { email: 'ben@example.com', name: 'Ben' },
  ])
  const events = await owner`select details->>'email' as email from audit_events
    where chain = 'platform' and action = 'staff.added' order by sequence`
  expect(events.map(({ email }) => email)).toEqual(['ann@example.com', 'ben@example.com'])
})

test('two at once make one event', async () => {
  const both = await Promise.all([
    addStaff({ email: 'cem@example.com' }),
    addStaff({ email: 'cem@example.com' }),
  ])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
})

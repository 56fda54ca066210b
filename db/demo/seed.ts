import type { UserActor } from '@/lib/auth/actor'
import { day } from '@/lib/organization-keys/lifecycle'
import { recordCalls, uploadMelody } from './activity'
import { issueFirstKey, recordUses, replaceByScheduleOnce, replaceKey } from './keys'
import { askAndGet, askForMoreOnce } from './limits'
import { fillGroups, giveFirstGroup, inviteSomebody, joinAlerts } from './members'
import { northwindServiceKeys } from './northwind-keys'
import { readEarlierNotices, tellOnMornings } from './notices'
import { member, organization, supportPerson } from './people'
import { serviceKey, wasGenerated } from './service-keys'

/** It is made last of all; the audit trail keeps that for ever, whatever becomes of the key. */
const lastKeyName = 'Monthly report'
const northwindZone = 'Europe/Berlin'

/**
 * The demo: all that verbs can do is done by the product's own, at moments in the past. A seed that was cut off is
 * taken up where it stopped; what it does last says that it is whole, and then this does nothing.
 */
export async function seed(now = new Date()): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const contoso = await organization({ name: 'Contoso', timeZone: 'America/New_York' })
  if (await wasGenerated(contoso, lastKeyName)) return
  const support = await supportPerson({ email: 'support@example.com', name: 'Jordan Platt' })
  const { admin: northwindAdmin, developer } = await northwind(support, now)

  const admin = await member(contoso, {
    email: 'admin@contoso.example',
    name: 'Taylor Brooks',
    role: 'admin',
    since: ago(340),
  })
  await giveFirstGroup(admin, ago(340))
  await issueFirstKey(admin, ago(340))
  await replaceByScheduleOnce(contoso, ago(5), {
    before: [['192.0.2.14', 'shop/7.2', ago(5.3)]],
    since: [['192.0.2.15', 'shop/7.2', ago(0.1)]],
  })
  await recordUses(contoso, [['192.0.2.14', 'shop/7.3', ago(0.05)]])
  await askForMoreOnce(admin, 'Product videos of our suppliers are up to 20 MB long.', ago(0.1))
  const anywhere = { by: admin, allowedRanges: [] }
  await serviceKey({
    ...anywhere,
    name: 'Stock levels',
    serviceUser: 'Warehouse',
    accessLevel: 'read',
    expiresAt: null,
    at: ago(70),
    used: { at: ago(0.2), from: '192.0.2.14', with: 'stock/4' },
  })
  await tellOnMornings([5, 4, 3, 2], northwindZone, now)
  await joinAlerts(northwindAdmin, developer, ago(1.5))
  await tellOnMornings([1, 0], northwindZone, now)
  await readEarlierNotices(northwindAdmin, ago(1.5))
  await serviceKey({
    ...anywhere,
    name: lastKeyName,
    serviceUser: 'Reporting',
    accessLevel: 'full',
    expiresAt: ago(-120),
    at: ago(3),
  })
}

async function northwind(support: UserActor, now: Date) {
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const id = await organization({ name: 'Northwind', timeZone: northwindZone, createdAt: ago(420) })
  const admin = await member(id, {
    email: 'admin@example.com',
    name: 'Alex Morgan',
    role: 'admin',
    since: ago(420),
  })
  await issueFirstKey(admin, ago(410))
  const admin2 = await member(id, {
    email: 'admin2@example.com',
    name: 'Sam Rivera',
    role: 'admin',
    since: ago(380),
  })
  const developer = await member(id, {
    email: 'developer@example.com',
    name: 'Dana Kim',
    role: 'developer',
    since: ago(300),
  })
  await member(id, { email: 'auditor@example.com', name: 'Robin Patel', role: 'auditor', since: ago(200) })
  await member(id, { email: 'member@example.com', name: 'Chris Lee', role: 'member', since: ago(60) })

  await giveFirstGroup(admin, ago(420))
  await fillGroups(admin, developer, ago(299))
  await replaceKey(1, admin2, ago(290.3))
  await replaceKey(2, admin, ago(12.1), [
    ['198.51.100.24', 'billing-sync/2.4', ago(0.2)],
    ['198.51.100.61', 'crm-export/1.9', ago(3.4)],
    ['203.0.113.90', 'curl/8.5.0', ago(40)],
  ])
  await recordUses(id, [
    ['198.51.100.23', 'storefront/5.1', new Date(now.getTime() - 95_000)],
    ['198.51.100.61', 'crm-export/2.0', ago(1.1)],
  ])
  await askAndGet(admin, support, ago(95))
  await uploadMelody(id, ago(2.3))
  await inviteSomebody(admin2, ago(1.6))
  await recordCalls(id, await northwindServiceKeys({ admin, developer }, now), now)
  return { admin, developer }
}

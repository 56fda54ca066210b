import { expect, test } from 'vitest'
import { type AuditFacts, chainStart, hashEvent } from './chain'

const event: AuditFacts = {
  chain: 'org_1',
  sequence: 1,
  at: new Date('2026-03-01T10:00:00.123Z'),
  actorKind: 'user',
  actorId: 'usr_1',
  actorName: 'ann@example.com',
  action: 'organization-key.revoked',
  subjectKind: 'organization-key',
  subjectId: 'key_1',
  details: { key: 'kt_org_0123…wxyz', days: 30, forced: false, reason: null },
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
}
const hex = (facts: AuditFacts, previous: Buffer = chainStart) => hashEvent(previous, facts).toString('hex')

test('the hash of an event never changes from one release to the next', () => {
  expect(hex(event)).toBe('6e5c9f9255144c0df4e0f70fc5fb2cd30ee90efd76e3d66c003b49bf561063ef')
})

test('the order of details does not matter, everything else does', () => {
  const details = Object.fromEntries(Object.entries(event.details).reverse())
  expect(hex({ ...event, details })).toBe(hex(event))
  const changes: Partial<AuditFacts>[] = [
    { chain: 'org_2' },
    { sequence: 2 },
    { at: new Date(event.at.getTime() + 1) },
    { actorKind: 'system' },
    { actorId: null },
    { actorName: 'eve@example.com' },
    { action: 'organization-key.deleted' },
    { subjectKind: 'user' },
    { subjectId: 'key_2' },
    { details: { ...event.details, days: 31 } },
    { details: { ...event.details, days: '30' } },
    { details: { ...event.details, more: null } },
    { details: {} },
    { address: null },
    { userAgent: '' },
    { actorId: 'usr_1","ann@example.com', actorName: '' },
    { address: event.userAgent, userAgent: event.address },
  ]
  const hashes = [event, ...changes.map((change) => ({ ...event, ...change }))].map((facts) => hex(facts))
  expect(new Set(hashes).size).toBe(changes.length + 1)
})

test('an event is bound to the one before it', () => {
  expect(hex(event, hashEvent(chainStart, event))).not.toBe(hex(event))
})

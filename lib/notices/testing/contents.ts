import type { NoticeContent } from '@/lib/notices/kinds'
import { mediaContents } from './media-contents'

const lastUse = { at: '2026-11-20T08:12:00.000Z', address: '198.51.100.20', userAgent: 'acme-importer/3.1' }
const acted = {
  key: 'kt_org_4f7A…9f2a',
  by: 'Ann Admin',
  byEmail: 'ann@example.com',
  from: '203.0.113.7',
  lastUse,
}
const ending = {
  name: 'Till',
  serviceUser: 'Tills',
  key: 'kt_svc_1aB2…c3d4',
  endsAt: '2026-11-30T17:00:00.000Z',
  lastUse,
}

/** A notice of each kind, and of each shape that its facts may take. */
export const contents = {
  replaced: {
    kind: 'organization-key-replaced',
    facts: {
      key: 'kt_org_4f7A…9f2a',
      successorId: 'key_2',
      successor: 'kt_org_Zq81…b7c0',
      successorExpiresAt: '2027-10-31T17:00:00.000Z',
      acceptedUntil: '2026-11-30T17:00:00.000Z',
      lastUse,
      addressesIn7Days: 3,
    },
  },
  'replaced too late': {
    kind: 'organization-key-replaced',
    facts: {
      key: 'kt_org_4f7A…9f2a',
      successorId: 'key_2',
      successor: 'kt_org_Zq81…b7c0',
      successorExpiresAt: '2027-10-31T17:00:00.000Z',
      acceptedUntil: null,
      lastUse: null,
      addressesIn7Days: 0,
    },
  },
  ending: {
    kind: 'organization-key-ending',
    facts: {
      key: 'kt_org_4f7A…9f2a',
      successor: 'kt_org_Zq81…b7c0',
      daysLeft: 14,
      endsAt: '2026-11-30T17:00:00.000Z',
      uses: [lastUse, { ...lastUse, address: '2001:db8::17', userAgent: '' }],
      addresses: 9,
    },
  },
  'not replaced': {
    kind: 'organization-key-ending',
    facts: {
      key: 'kt_org_4f7A…9f2a',
      successor: null,
      daysLeft: 1,
      endsAt: '2026-11-30T17:00:00.000Z',
      uses: [lastUse],
      addresses: 1,
    },
  },
  issued: {
    kind: 'organization-key-issued',
    facts: { ...acted, lastUse: null, expiresAt: '2027-10-31T17:00:00.000Z' },
  },
  revealed: { kind: 'organization-key-revealed', facts: acted },
  revoked: {
    kind: 'organization-key-revoked',
    facts: { ...acted, acceptedUntil: '2026-11-30T17:00:00.000Z', successor: 'kt_org_Zq81…b7c0' },
  },
  'expiration removed': {
    kind: 'organization-key-expiration-removed',
    facts: { ...acted, wouldHaveExpiredAt: '2026-11-30T17:00:00.000Z', reason: 'The ERP cannot be changed' },
  },
  'expiration restored': {
    kind: 'organization-key-expiration-restored',
    facts: {
      ...acted,
      expiresAt: '2026-11-30T17:00:00.000Z',
      nextReplacement: '2026-11-24T17:00:00.000Z',
    },
  },
  deleted: {
    kind: 'organization-key-deleted',
    facts: { ...acted, wouldHaveWorkedUntil: '2026-11-30T17:00:00.000Z' },
  },
  'interval set': {
    kind: 'organization-key-interval-set',
    facts: {
      fromDays: 365,
      toDays: 7,
      nextReplacement: '2026-11-24T17:00:00.000Z',
      by: 'Ann Admin',
      byEmail: 'ann@example.com',
      from: '203.0.113.7',
    },
  },
  'admin ended': {
    kind: 'admin-ended',
    facts: {
      name: 'Ben Admin',
      email: 'ben@example.com',
      became: 'member',
      by: 'Ann Admin',
      byEmail: 'ann@example.com',
      from: '203.0.113.7',
    },
  },
  ...mediaContents,
  'service key ending': { kind: 'service-key-ending', facts: ending },
  'service key ending unused': { kind: 'service-key-ending', facts: { ...ending, lastUse: null } },
  'service key expired': { kind: 'service-key-expired', facts: { ...ending, keyId: 'key_1' } },
} satisfies Record<string, NoticeContent>

import type { NoticeContent } from '@/lib/notices/kinds'

const MiB = 1_048_576
const forGood = { fromBytes: 5 * MiB, endsAt: null, afterwardsBytes: 5 * MiB }
const asked = { wantedBytes: 20 * MiB, reason: 'Longer videos', askedAt: '2026-11-20T12:00:00.000Z' }

/** What support may decide about a media limit. */
export const mediaContents = {
  'media limit set': {
    kind: 'media-limit-decided',
    facts: { limitBytes: MiB, change: forGood, request: null, reason: 'Agreed on by telephone' },
  },
  'media limit granted': {
    kind: 'media-limit-decided',
    facts: {
      limitBytes: 20 * MiB,
      change: { ...forGood, endsAt: '2026-11-30T17:00:00.000Z' },
      request: { ...asked, decision: 'granted' },
      reason: 'For the migration',
    },
  },
  'media limit granted in part': {
    kind: 'media-limit-decided',
    facts: {
      limitBytes: 10 * MiB,
      change: forGood,
      request: { ...asked, decision: 'granted-less' },
      reason: 'Half is enough',
    },
  },
  'media limit granted already': {
    kind: 'media-limit-decided',
    facts: {
      limitBytes: 20 * MiB,
      change: null,
      request: { ...asked, decision: 'granted' },
      reason: 'It is that large',
    },
  },
  'media limit declined': {
    kind: 'media-limit-decided',
    facts: {
      limitBytes: 5 * MiB,
      change: null,
      request: { ...asked, decision: 'declined' },
      reason: 'Not before 2027',
    },
  },
} satisfies Record<string, NoticeContent>

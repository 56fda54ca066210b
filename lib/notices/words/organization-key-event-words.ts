import type { NoticeContent, OrganizationKeyActed } from '@/lib/notices/kinds'
import { openApiSettings, switchPrograms } from './organization-key-clock-words'
import type { NoticeWords, Sentence } from './sentence'
import { type Doer, doneByText, lastUseText } from './use-words'

type FactsOf<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>['facts']

/** Somebody saw the Secret, and could have copied it. */
export function revealedWords(facts: OrganizationKeyActed): NoticeWords {
  return {
    title: [`${facts.by} viewed the organization key`],
    sentences: [
      [`${facts.by} viewed the Secret of ${facts.key}, and can call the API with it.`],
      notExpected(facts, 'If in doubt, revoke the key under Settings > API.'),
    ],
    facts: [{ label: 'Key', value: [facts.key] }, ...whoAndUse(facts)],
    action: openApiSettings,
  }
}

export function revokedWords(facts: FactsOf<'organization-key-revoked'>): NoticeWords {
  const until = new Date(facts.acceptedUntil)
  return {
    title: ['Organization key revoked: it works until ', until],
    sentences: [
      [
        `${facts.by} revoked ${facts.key}. It works until `,
        until,
        `; its successor ${facts.successor} works now.`,
      ],
      switchPrograms,
      notExpected(facts, 'Settings > API shows who still uses the old key.'),
    ],
    facts: [
      { label: 'Revoked key', value: [facts.key] },
      { label: 'Works until', value: [until] },
      { label: 'New key', value: [facts.successor] },
      ...whoAndUse(facts),
    ],
    action: openApiSettings,
  }
}

export function expirationRemovedWords(facts: FactsOf<'organization-key-expiration-removed'>): NoticeWords {
  return {
    title: [`${facts.by} removed the expiration of the organization key`],
    sentences: [
      [
        `${facts.key} never expires any more, and the schedule does not replace it. It would have expired on `,
        new Date(facts.wouldHaveExpiredAt),
        '.',
      ],
      notExpected(facts, 'If in doubt, restore the expiration under Settings > API.'),
    ],
    facts: [
      { label: 'Key', value: [facts.key] },
      { label: 'Would have expired', value: [new Date(facts.wouldHaveExpiredAt)] },
      { label: 'Reason given', value: [facts.reason ?? 'None'] },
      ...whoAndUse(facts),
    ],
    action: openApiSettings,
  }
}

export function intervalSetWords(facts: FactsOf<'organization-key-interval-set'>): NoticeWords {
  const next = facts.nextReplacement && new Date(facts.nextReplacement)
  return {
    title: [`${facts.by} set “Replace every” to ${daysText(facts.toDays)}`],
    sentences: [
      next
        ? ['The schedule replaces the current organization key on ', next, '.']
        : ['There is no current organization key that the schedule replaces.'],
      notExpected(facts, 'The interval is set under Settings > API.'),
    ],
    facts: [
      { label: 'Before', value: [daysText(facts.fromDays)] },
      { label: 'Now', value: [daysText(facts.toDays)] },
      { label: 'Next replacement', value: next ? [next] : ['None'] },
      { label: 'Done by', value: [doneByText(facts)] },
    ],
    action: openApiSettings,
  }
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

function notExpected({ by, byEmail }: Doer, act: string): Sentence {
  return [`If you did not expect this, ask ${byEmail ? by : 'the other admins'}. ${act}`]
}

function whoAndUse({ lastUse, ...doer }: OrganizationKeyActed) {
  return [
    { label: 'Done by', value: [doneByText(doer)] },
    { label: 'Last use of the key', value: lastUseText(lastUse) },
  ]
}

import type { FactsOf } from '@/lib/notices/kinds'
import { notExpected, whoAndUse } from './doer-words'
import { openApiSettings, switchPrograms } from './organization-key-clock-words'
import type { NoticeWords } from './sentence'
import { doneByText } from './use-words'

export function issuedWords(facts: FactsOf<'organization-key-issued'>): NoticeWords {
  const expiresAt = new Date(facts.expiresAt)
  return {
    title: [`${facts.by} created an organization key`],
    sentences: [
      [`${facts.by} created the organization key ${facts.key}. It works now, and until `, expiresAt, '.'],
      ['Any admin can view it under Settings > API, for the programs that are to call the API.'],
      notExpected(facts, 'If in doubt, revoke the key under Settings > API.'),
    ],
    facts: [
      { label: 'Key', value: [facts.key] },
      { label: 'Expires', value: [expiresAt] },
      { label: 'Done by', value: [doneByText(facts)] },
    ],
    action: openApiSettings,
  }
}

/** Somebody saw the Secret, and could have copied it. */
export function revealedWords(facts: FactsOf<'organization-key-revealed'>): NoticeWords {
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

/** Before its time: whoever still used it lost access at once. */
export function deletedWords(facts: FactsOf<'organization-key-deleted'>): NoticeWords {
  const until = new Date(facts.wouldHaveWorkedUntil)
  return {
    title: [`${facts.by} deleted an old organization key that still worked`],
    sentences: [
      [
        `${facts.by} deleted ${facts.key}, and every call with it is refused since then. It would have worked until `,
        until,
        '.',
      ],
      switchPrograms,
      notExpected(facts, 'A deleted key cannot be brought back.'),
    ],
    facts: [
      { label: 'Deleted key', value: [facts.key] },
      { label: 'Would have worked until', value: [until] },
      ...whoAndUse(facts),
    ],
    action: openApiSettings,
  }
}

import type { FactsOf } from '@/lib/notices/kinds'
import { notExpected, whoAndUse } from './doer-words'
import { openApiSettings } from './organization-key-clock-words'
import type { NoticeWords } from './sentence'
import { doneByText } from './use-words'

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

export function expirationRestoredWords(facts: FactsOf<'organization-key-expiration-restored'>): NoticeWords {
  const expiresAt = new Date(facts.expiresAt)
  const next = facts.nextReplacement && new Date(facts.nextReplacement)
  return {
    title: [`${facts.by} restored the expiration of the organization key`],
    sentences: [
      [
        `${facts.key}, which never expired, works until `,
        expiresAt,
        ', and every call with it is refused after that.',
      ],
      next
        ? ['The schedule replaces it on ', next, '; from then on both keys work.']
        : ['The schedule does not replace it before that.'],
      notExpected(facts, 'The expiration is set under Settings > API.'),
    ],
    facts: [
      { label: 'Key', value: [facts.key] },
      { label: 'Expires', value: [expiresAt] },
      { label: 'Next replacement', value: next ? [next] : ['None'] },
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

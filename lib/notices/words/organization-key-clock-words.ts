import type { OrganizationKeyEnding, OrganizationKeyReplaced } from '@/lib/notices/kinds'
import type { NoticeWords, Sentence } from './sentence'
import { addressesText, lastUseText, userText } from './use-words'

export const openApiSettings = { text: 'Open Settings > API', path: '/settings/api' }

/** What there is to do for every program that holds the old key. */
export const switchPrograms: Sentence = [
  'An admin views the new key under Settings > API. Put it into every program that still uses the old one.',
]

/** The schedule made the next key. */
export function replacedWords(facts: OrganizationKeyReplaced): NoticeWords {
  const until = facts.acceptedUntil && new Date(facts.acceptedUntil)
  return {
    title: until
      ? ['New organization key: the old one works until ', until]
      : ['New organization key: the old one has expired'],
    sentences: [
      until
        ? [
            `The schedule replaced the organization key. The new key ${facts.successor} works now; the old key ${facts.key} works beside it until `,
            until,
            ', and not after.',
          ]
        : [
            `The schedule replaced the organization key, which had expired. The new key ${facts.successor} works now; the old key ${facts.key} does not work any more.`,
          ],
      switchPrograms,
    ],
    facts: [
      { label: 'New key', value: [facts.successor] },
      { label: 'New key expires', value: [new Date(facts.successorExpiresAt)] },
      { label: 'Old key', value: [facts.key] },
      { label: 'Old key works until', value: until ? [until] : ['Not any more: it has expired'] },
      { label: 'Last use of the old key', value: lastUseText(facts.lastUse) },
      {
        label: 'Used in the last 7 days',
        value: [facts.addressesIn7Days === 0 ? 'Not at all' : `By ${addressesText(facts.addressesIn7Days)}`],
      },
    ],
    action: openApiSettings,
  }
}

/** The old key is still in use and will soon be refused. */
export function endingWords(facts: OrganizationKeyEnding): NoticeWords {
  const endsAt = new Date(facts.endsAt)
  const { successor, uses, addresses } = facts
  const more = addresses - uses.length
  const still = `still ${addresses === 1 ? 'uses' : 'use'} it`
  return {
    title: successor
      ? ['Old organization key still in use: it ends on ', endsAt]
      : ['Organization key not replaced: it ends on ', endsAt],
    sentences: successor
      ? [
          [
            `The old key ${facts.key} works until `,
            endsAt,
            ', and every call with it is refused after that.',
          ],
          [`${addressesText(addresses)} ${still} although ${successor} has replaced it.`],
          switchPrograms,
        ]
      : [
          [`The key ${facts.key} works until `, endsAt, ', and every call with it is refused after that.'],
          [`The schedule should have replaced it by now and did not. ${addressesText(addresses)} ${still}.`],
          [
            'An admin revokes it under Settings > API, which makes the next key at once, and puts that one into every program.',
          ],
        ],
    facts: [
      { label: successor ? 'Old key' : 'Key', value: [facts.key] },
      { label: 'Works until', value: [endsAt] },
      { label: 'New key', value: [successor ?? 'None yet'] },
      ...uses.map((use, index) => ({ label: `Address ${index + 1}`, value: userText(use) })),
      ...(more > 0 ? [{ label: 'Other addresses', value: [`${more} more`] }] : []),
    ],
    action: openApiSettings,
  }
}

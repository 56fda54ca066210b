import type { ServiceKeyEnding } from '@/lib/notices/kinds'
import type { NoticeWords, Sentence } from './sentence'
import { lastUseText, quoted } from './use-words'

export function serviceKeyEndingWords(facts: ServiceKeyEnding): NoticeWords {
  const endsAt = new Date(facts.endsAt)
  return {
    title: [`Service key ${quoted(facts.name)} expires on `, endsAt],
    sentences: [
      [
        `The service key ${quoted(facts.name)} of ${quoted(facts.serviceUser)} works until `,
        endsAt,
        '. Every call with it is refused after that, and an expired key cannot be renewed.',
      ],
      facts.lastUse
        ? [
            `Generate a new key for ${quoted(facts.serviceUser)}, put it into the program that uses this one, and delete this one. These daily notices then stop.`,
          ]
        : unused,
    ],
    facts: factsOf(facts, 'Expires'),
    action: openKey(facts),
  }
}

export function serviceKeyExpiredWords(facts: ServiceKeyEnding): NoticeWords {
  const endsAt = new Date(facts.endsAt)
  return {
    title: [`Service key ${quoted(facts.name)} expired on `, endsAt],
    sentences: [
      [
        `The service key ${quoted(facts.name)} of ${quoted(facts.serviceUser)} expired on `,
        endsAt,
        '. Every call with it is refused since then, and it cannot be renewed.',
      ],
      facts.lastUse
        ? [
            `If a program still needs it, generate a new key for ${quoted(facts.serviceUser)} and put it into that program. Then delete this one.`,
          ]
        : ['It was never used. If nobody misses it, delete it.'],
    ],
    facts: factsOf(facts, 'Expired'),
    action: openKey(facts),
  }
}

const unused: Sentence = [
  'It was never used. If nobody needs it, delete it or disable it, and these daily notices stop.',
]

function factsOf({ name, serviceUser, key, endsAt, lastUse }: ServiceKeyEnding, end: string) {
  return [
    { label: 'Service key', value: [name] },
    { label: 'Key', value: [key] },
    { label: 'Service user', value: [serviceUser] },
    { label: end, value: [new Date(endsAt)] },
    { label: 'Last use', value: lastUseText(lastUse) },
  ]
}

/** The list of service keys, down to this one, or to those of its name where no more is known. */
function openKey({ keyId, name }: ServiceKeyEnding) {
  const query = new URLSearchParams(keyId ? { keyId } : { name })
  return { text: 'Open the key', path: `/settings/service-keys?${query}` }
}

import { adminEndedWords } from './admin-words'
import type { NoticeContent } from './kinds'
import { endingWords, replacedWords } from './organization-key-clock-words'
import {
  expirationRemovedWords,
  intervalSetWords,
  revealedWords,
  revokedWords,
} from './organization-key-event-words'
import { serviceKeyEndingWords, serviceKeyExpiredWords } from './service-key-words'

/** A sentence with moments in it: a screen shows them in the reader's zone, a mail in the organization's. */
export type Sentence = readonly (string | Date)[]

export type NoticeWords = {
  /** One line, without a full stop. */
  title: Sentence
  /** What happened or will happen, and what to do. */
  sentences: readonly Sentence[]
  facts: readonly { label: string; value: Sentence }[]
  /** Where to do it: a path of the console. */
  action: { text: string; path: string }
}

/** What a notice says, out of its stored facts alone, so that it says the same whenever it is read. Pure. */
export function noticeWords(content: NoticeContent): NoticeWords {
  switch (content.kind) {
    case 'organization-key-replaced':
      return replacedWords(content.facts)
    case 'organization-key-ending':
      return endingWords(content.facts)
    case 'organization-key-revealed':
      return revealedWords(content.facts)
    case 'organization-key-revoked':
      return revokedWords(content.facts)
    case 'organization-key-expiration-removed':
      return expirationRemovedWords(content.facts)
    case 'organization-key-interval-set':
      return intervalSetWords(content.facts)
    case 'admin-ended':
      return adminEndedWords(content.facts)
    case 'service-key-ending':
      return serviceKeyEndingWords(content.facts)
    case 'service-key-expired':
      return serviceKeyExpiredWords(content.facts)
  }
}

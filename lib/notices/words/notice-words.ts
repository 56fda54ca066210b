import type { NoticeContent } from '@/lib/notices/kinds'
import { adminEndedWords } from './admin-words'
import { mediaLimitDecidedWords } from './media-words'
import { endingWords, replacedWords } from './organization-key-clock-words'
import { deletedWords, issuedWords, revealedWords, revokedWords } from './organization-key-event-words'
import {
  expirationRemovedWords,
  expirationRestoredWords,
  intervalSetWords,
} from './organization-key-expiry-words'
import type { NoticeWords } from './sentence'
import { serviceKeyEndingWords, serviceKeyExpiredWords } from './service-key-words'

/** What a notice says, out of its stored facts alone, so that it says the same whenever it is read. Pure. */
export function noticeWords(content: NoticeContent): NoticeWords {
  switch (content.kind) {
    case 'organization-key-replaced':
      return replacedWords(content.facts)
    case 'organization-key-ending':
      return endingWords(content.facts)
    case 'organization-key-issued':
      return issuedWords(content.facts)
    case 'organization-key-revealed':
      return revealedWords(content.facts)
    case 'organization-key-revoked':
      return revokedWords(content.facts)
    case 'organization-key-expiration-removed':
      return expirationRemovedWords(content.facts)
    case 'organization-key-expiration-restored':
      return expirationRestoredWords(content.facts)
    case 'organization-key-deleted':
      return deletedWords(content.facts)
    case 'organization-key-interval-set':
      return intervalSetWords(content.facts)
    case 'admin-ended':
      return adminEndedWords(content.facts)
    case 'media-limit-decided':
      return mediaLimitDecidedWords(content.facts)
    case 'service-key-ending':
      return serviceKeyEndingWords(content.facts)
    case 'service-key-expired':
      return serviceKeyExpiredWords(content.facts)
  }
}

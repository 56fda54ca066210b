import { audiences } from '@/lib/notices/audience'
import type { DropReason, NoticeContent } from '@/lib/notices/kinds'

/** How things stand with a notice's key and its recipient at the moment of sending. */
export type Standing = {
  /** Null: the key that it is about is not there. */
  key: {
    deletedAt: Date | null
    disabledAt: Date | null
    /** When it is refused for good; null: never. */
    endsAt: Date | null
    hasSuccessor: boolean
    /** Whether the key that followed it is still the current one. */
    isSuccessorCurrent: boolean
  } | null
  /** A newer notice of the same kind about the same key is there for the same person. */
  hasNewer: boolean
  isAdmin: boolean
  /** In a group that is subscribed to Account alerts. */
  isSubscribed: boolean
}

/** Why a mail is not sent any more, or null where what it says still holds. Pure. */
export function dropReason(content: NoticeContent, standing: Standing, now: Date): DropReason | null {
  return keyReason(content, standing, now) ?? (isRecipient(content, standing) ? null : 'not-a-recipient')
}

function keyReason(content: NoticeContent, { key, hasNewer }: Standing, now: Date): DropReason | null {
  switch (content.kind) {
    // That somebody did it stays true, whatever became of the key: who reveals and then deletes is not to be missed.
    case 'organization-key-issued':
    case 'organization-key-revealed':
    case 'organization-key-revoked':
    case 'organization-key-expiration-removed':
    case 'organization-key-expiration-restored':
    case 'organization-key-deleted':
    case 'organization-key-interval-set':
    case 'admin-ended':
      return null
    // It says what support decided then and why, which whoever asked is owed; a later decision has a notice of its own.
    case 'media-limit-decided':
      return null
    case 'organization-key-replaced':
      if (!key || key.deletedAt) return 'key-deleted'
      return key.isSuccessorCurrent ? null : 'key-replaced'
    case 'organization-key-ending':
    case 'service-key-ending':
      if (!key || key.deletedAt) return 'key-deleted'
      if (key.disabledAt) return 'key-disabled'
      if (key.endsAt && key.endsAt <= now) return 'key-ended'
      if (key.endsAt?.toISOString() !== content.facts.endsAt) return 'end-changed'
      // It said that nothing had replaced the key.
      if ('successor' in content.facts && content.facts.successor === null && key.hasSuccessor)
        return 'key-replaced'
      return hasNewer ? 'newer-notice' : null
    case 'service-key-expired':
      if (!key || key.deletedAt) return 'key-deleted'
      return key.disabledAt ? 'key-disabled' : null
  }
}

function isRecipient({ kind }: NoticeContent, { isAdmin, isSubscribed }: Standing): boolean {
  // Who is an admin no more is just who has to hear of it.
  if (kind === 'admin-ended') return true
  const { admins, alerts } = audiences[kind]
  return (admins && isAdmin) || (alerts && isSubscribed)
}

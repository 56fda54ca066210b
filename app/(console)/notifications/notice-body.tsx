import { can, type Permission } from '@/lib/auth/permissions'
import type { Membership } from '@/lib/auth/session'
import { kindsAbout } from '@/lib/notices/inbox/inputs'
import type { NoticeContent } from '@/lib/notices/kinds'
import type { NoticeWords } from '@/lib/notices/words/sentence'
import { KeyLink } from './key-link'
import { SentenceText } from './sentence-text'

type Props = {
  content: NoticeContent
  words: NoticeWords
  /** Null: it is read, or was not for the reader. */
  unreadId: string | null
  place: Membership
}

/** What a notice says, its facts, and the way to the key for those who may go there. */
export function NoticeBody({ content, words: { sentences, facts, action }, unreadId, place }: Props) {
  const isServiceKey = kindsAbout['service-keys'].includes(content.kind)
  const mayOpen = can(place.role, permissionFor(content, isServiceKey))
  return (
    <div className="mt-1 sm:mt-0.5">
      <p className="max-w-3xl [overflow-wrap:anywhere]">
        {sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what a notice says does not change
          <span key={index}>
            <SentenceText sentence={sentence} />{' '}
          </span>
        ))}
      </p>
      <dl className="mt-2 space-y-0.5 sm:flex sm:flex-wrap sm:gap-x-6 sm:gap-y-1.5 sm:space-y-0">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex min-w-0 flex-wrap gap-x-2 sm:block">
            <dt className="text-muted sm:text-xs">{label}</dt>
            <dd className="[overflow-wrap:anywhere]">
              <SentenceText sentence={value} />
            </dd>
          </div>
        ))}
      </dl>
      {mayOpen ? (
        <KeyLink organizationId={place.organizationId} action={action} unreadId={unreadId} />
      ) : (
        <p className="mt-1.5 text-muted">
          {isServiceKey ? 'An admin or a developer' : 'An admin'} of {place.organizationName} can act on it.
        </p>
      )}
    </div>
  )
}

/** What it takes to open the place where something can be done about it. */
function permissionFor({ kind }: NoticeContent, isServiceKey: boolean): Permission {
  if (kind === 'admin-ended') return 'members:read'
  if (kind === 'media-limit-decided') return 'media:read'
  return isServiceKey ? 'service-keys:read' : 'organization-keys:read'
}

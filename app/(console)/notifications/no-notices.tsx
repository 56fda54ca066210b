import { BellOff, Inbox } from 'lucide-react'
import Link from 'next/link'
import type { NoticeSearch } from '@/lib/notices/inbox/inputs'
import { addressOf, usual } from './address'

type Props = { search: NoticeSearch; hasAny: boolean; isSubscribed: boolean; isAdmin: boolean }

const linkLook = 'font-medium text-accent underline underline-offset-4'
const aboutWords = {
  'organization-key': 'the organization key',
  'service-keys': 'service keys',
  members: 'members',
  media: 'the media limit',
}

/** An empty list, and why it is empty. */
export function NoNotices({ search, hasAny, isSubscribed, isAdmin }: Props) {
  const isFiltered = search.about !== null || search.show === 'unread'
  const Icon = isFiltered && hasAny ? Inbox : BellOff
  return (
    <section
      aria-label="Notifications, newest first"
      className="flex flex-col items-center rounded-xl border border-line bg-surface px-5 py-12 text-center"
    >
      <Icon aria-hidden className="size-6 text-muted" />
      <h2 className="mt-3 text-base font-semibold">{titleOf(search, hasAny)}</h2>
      <div className="mt-1 max-w-prose text-muted">
        {isFiltered && hasAny ? (
          <Link href={addressOf({ ...usual, whose: search.whose })} className={linkLook}>
            Show all notifications
          </Link>
        ) : (
          <Never isSubscribed={isSubscribed} isAdmin={isAdmin} />
        )}
      </div>
    </section>
  )
}

function titleOf({ whose, show, about }: NoticeSearch, hasAny: boolean): string {
  if (!hasAny) return whose === 'mine' ? 'No notifications yet' : 'Nobody has been notified yet'
  const of = about ? ` about ${aboutWords[about]}` : ''
  if (show === 'unread') return about ? `Nothing unread${of}` : 'You have read everything'
  return `No notifications${of}`
}

function Never({ isSubscribed, isAdmin }: Pick<Props, 'isSubscribed' | 'isAdmin'>) {
  return (
    <>
      {isSubscribed ? (
        <p>
          You will hear here and by mail when a key is about to end: of the organization key 30 days before,
          of service keys daily from 14 days before.
        </p>
      ) : (
        <p>
          You are in no group with Account alerts, which tell when a key is about to end.{' '}
          {isAdmin ? (
            <>
              Put yourself into one under{' '}
              <Link href="/settings/members" className={linkLook}>
                Members
              </Link>
              .
            </>
          ) : (
            'If you need them, ask an admin to put you into one.'
          )}
        </p>
      )}
      {isAdmin && (
        <p className="mt-1">
          As an admin you also hear what other admins do with the organization key: create, view, revoke or
          delete it, remove or restore its expiration; and what support decides about the media limit.
        </p>
      )}
    </>
  )
}

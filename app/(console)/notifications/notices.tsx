import Link from 'next/link'
import { can } from '@/lib/auth/permissions'
import type { Membership } from '@/lib/auth/session'
import { summarizeAlertRecipients } from '@/lib/groups/alert-recipients'
import { listOwnGroups } from '@/lib/groups/list-groups'
import { hasUsedApi } from '@/lib/notices/has-used-api'
import { countUnread } from '@/lib/notices/inbox/count-unread'
import type { NoticeSearch } from '@/lib/notices/inbox/inputs'
import { listNotices } from '@/lib/notices/inbox/list'
import { findWaitingMails } from '@/lib/notices/mail/find-waiting-mails'
import { Filters } from './filters'
import { MarkAllReadButton } from './mark-all-read-button'
import { NewerNotices } from './newer-notices'
import { NoNotices } from './no-notices'
import { NoticeList } from './notice-list'
import { WaitingMailsLine } from './waiting-mails'
import { WhyFew } from './why-few'

type Props = Membership & { userId: string; search: NoticeSearch; mayReadDelivery: boolean }

export async function Notices({ userId, search, mayReadDelivery, ...place }: Props) {
  const { organizationId, organizationName, role } = place
  const reader = { userId, organizationId }
  // Before the list: what is marked as read with all others must have been on the page.
  const unread = await countUnread(reader)
  const [page, isUsed, groups, recipients, waiting] = await Promise.all([
    listNotices(reader, search, { withDeliveries: mayReadDelivery }),
    hasUsedApi(organizationId),
    listOwnGroups(organizationId, userId),
    mayReadDelivery ? summarizeAlertRecipients(organizationId) : null,
    mayReadDelivery ? findWaitingMails(organizationId) : null,
  ])
  const isFiltered = search.about !== null || search.show === 'unread'
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight">All Notifications</h1>
          <p className="mt-1 text-muted [overflow-wrap:anywhere]">
            What {search.whose === 'mine' ? 'you were' : 'anybody was'} told about {organizationName}, here
            and by mail.
          </p>
        </div>
        {search.whose === 'mine' && unread.count > 0 && unread.newest && (
          <MarkAllReadButton organizationId={organizationId} unread={unread.count} upTo={unread.newest} />
        )}
      </div>
      <div className="mt-6 space-y-4">
        {waiting && <WaitingMailsLine {...waiting} />}
        <WhyFew
          organizationName={organizationName}
          hasUsedApi={isUsed}
          isNobodySubscribed={recipients?.count === 0}
        />
        <Filters search={search} unread={unread.count} mayReadAll={mayReadDelivery} />
        <NewerNotices organizationId={organizationId} shown={unread} />
        {page.notices.length > 0 || search.after ? (
          <NoticeList search={search} page={page} place={place} />
        ) : (
          <NoNotices
            search={search}
            hasAny={search.whose === 'mine' ? unread.newest !== null : isFiltered}
            isSubscribed={groups.some(({ accountAlerts }) => accountAlerts)}
            isAdmin={role === 'admin'}
          />
        )}
        {!can(role, 'general:read') && (
          <p className="text-muted">
            Your role shows notifications only.{' '}
            <Link href="/settings/members" className="font-medium text-accent underline underline-offset-4">
              Your membership
            </Link>
          </p>
        )}
      </div>
    </>
  )
}

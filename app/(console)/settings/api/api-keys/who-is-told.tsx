import { Bell, BellOff } from 'lucide-react'
import Link from 'next/link'
import { namesText } from '@/components/names-text'
import { summarizeAlertRecipients } from '@/lib/groups/alert-recipients'
import { hasUsedApi } from '@/lib/notices/has-used-api'

type Props = { organizationId: string; organizationName: string }

/** Who hears of what the calendar shows. */
export async function WhoIsTold({ organizationId, organizationName }: Props) {
  const [isUsed, { names, count }] = await Promise.all([
    hasUsedApi(organizationId),
    summarizeAlertRecipients(organizationId),
  ])
  const isNobody = count === 0
  const Icon = isUsed && !isNobody ? Bell : BellOff
  const look = isUsed && isNobody ? 'text-warn' : 'text-muted'
  return (
    <p className={`flex gap-2.5 border-t border-line px-4 py-3 sm:px-5 ${look}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {!isUsed ? (
          <>
            The schedule sends no notices: nobody has called the API with a key of {organizationName} yet. As
            long as that is so, nothing needs to be done.
          </>
        ) : isNobody ? (
          <>
            Nobody gets <AccountAlerts />, so nobody is told when a key is about to end. The admins still hear
            of a replacement.
          </>
        ) : (
          <>
            Notices of what is about to end go to {namesText(names, count)} (<AccountAlerts />
            ), by mail and under Notifications. All admins hear of a replacement.
          </>
        )}
      </span>
    </p>
  )
}

function AccountAlerts() {
  return (
    <Link className="font-medium text-accent underline underline-offset-4" href="/settings/members">
      account alerts
    </Link>
  )
}

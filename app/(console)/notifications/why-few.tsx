import { BellOff } from 'lucide-react'
import Link from 'next/link'

type Props = { organizationName: string; hasUsedApi: boolean; isNobodySubscribed: boolean }

/** Why nobody is told that a key ends, where that is so. */
export function WhyFew({ organizationName, hasUsedApi, isNobodySubscribed }: Props) {
  if (hasUsedApi && !isNobodySubscribed) return null
  return (
    <p
      className={`flex gap-2.5 rounded-xl border px-4 py-3 sm:px-5 ${hasUsedApi ? 'border-warn bg-warn-soft text-warn' : 'border-line bg-surface'}`}
    >
      <BellOff aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {hasUsedApi ? (
          <>
            <strong className="font-semibold">Nobody gets account alerts.</strong> When a key of{' '}
            {organizationName} is about to end, nobody hears of it.{' '}
            <Link href="/settings/members" className="font-medium underline underline-offset-4">
              Turn Account alerts on for a group
            </Link>
          </>
        ) : (
          <>
            <strong className="font-semibold">{organizationName} has not used the API yet,</strong> so nobody
            is told when a key is about to end. That begins with the first call.
          </>
        )}
      </span>
    </p>
  )
}

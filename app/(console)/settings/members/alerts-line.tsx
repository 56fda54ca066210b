import { Bell, BellOff } from 'lucide-react'
import { namesText } from '@/components/names-text'

type Props = { recipients: { names: string[]; count: number }; organizationName: string; mayAct: boolean }

/** Who hears when a key is about to end; loud when nobody does. */
export function AlertsLine({ recipients: { names, count }, organizationName, mayAct }: Props) {
  const isNobody = count === 0
  const Icon = isNobody ? BellOff : Bell
  return (
    <p
      className={`flex gap-2.5 rounded-xl border px-4 py-3 sm:px-5 ${isNobody ? 'border-warn bg-warn-soft text-warn' : 'border-line bg-surface'}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {isNobody ? (
          <>
            <strong className="font-semibold">Nobody gets account alerts.</strong> When a key of{' '}
            {organizationName} is about to end, nobody hears of it.
            {mayAct && ' Turn Account alerts on for a group below, and put somebody into it.'}
          </>
        ) : (
          <>
            Account alerts, such as that a key is about to end, go to{' '}
            <span className="font-medium">{namesText(names, count)}</span>.
          </>
        )}
      </span>
    </p>
  )
}

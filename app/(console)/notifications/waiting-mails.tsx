import { MailWarning } from 'lucide-react'
import { Moment } from '@/components/ui/moment'
import type { WaitingMails } from '@/lib/notices/mail/find-waiting-mails'

/** For admins: mails that should have gone, since when, why, and that nobody has to do anything. */
export function WaitingMailsLine({ count, since, problem }: WaitingMails) {
  const isOne = count === 1
  return (
    <p className="flex gap-2.5 rounded-xl border border-warn bg-warn-soft px-4 py-3 text-warn sm:px-5">
      <MailWarning aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <strong className="font-semibold">
          {isOne ? 'A mail has' : `${count.toLocaleString('en')} mails have`} been waiting since{' '}
          <Moment at={since} />.
        </strong>{' '}
        {problem ?? 'Keyturn has not come to send them.'} {isOne ? 'It goes' : 'They go'} out by{' '}
        {isOne ? 'itself' : 'themselves'} as soon as that is over; what is no longer true by then is not sent.
        This page misses nothing.
      </span>
    </p>
  )
}

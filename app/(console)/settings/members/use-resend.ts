import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { memberWords, type Refused } from './words'

/** Sends an invitation anew, and says what became of it. */
export function useResend(
  act: () => Promise<{ ok: true; value: { isSent: boolean } } | NonNullable<Refused>>,
) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function resend(email: string) {
    setBusy(true)
    const outcome = await act().catch(() => null)
    setBusy(false)
    router.refresh()
    if (!outcome?.ok) toast('bad', memberWords(outcome))
    else if (outcome.value.isSent) toast('good', `Sent to ${email}; the former link does not work any more`)
    else toast('bad', `The mail server did not take the mail to ${email}. Try again later.`)
  }

  return { resend, busy }
}

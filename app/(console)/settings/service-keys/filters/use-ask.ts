import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import type { ServiceKeyForm } from '@/lib/service-keys/form'
import { addressOf } from '../address'

/**
 * Asks for other rows. Each change adds to what was asked for last, also while those rows are still on their way; but
 * who searches on from the one key that a link led to means all of them.
 */
export function useAsk(form: ServiceKeyForm) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const asked = useRef(form)

  // Links and going back ask as well.
  useEffect(() => {
    if (!isPending) asked.current = form
  }, [form, isPending])

  function ask(change: Partial<ServiceKeyForm>, how: 'push' | 'replace' = 'push') {
    asked.current = { ...asked.current, keyId: '', ...change }
    const address = addressOf(asked.current)
    startTransition(() => router[how](address, { scroll: false }))
  }

  return { ask, isPending }
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Reads the page anew when the reader comes back to it: other admins and support may have changed something. */
export function RefreshOnReturn(): null {
  const router = useRouter()
  useEffect(() => {
    const refresh = () => {
      // A page that cannot be read anew is left by the framework, and what is typed in a dialog would go with it.
      const isBusy = document.querySelector('dialog[open]') !== null || !navigator.onLine
      if (document.visibilityState === 'visible' && !isBusy) router.refresh()
    }
    document.addEventListener('visibilitychange', refresh)
    return () => document.removeEventListener('visibilitychange', refresh)
  }, [router])
  return null
}

import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { authorizeSupport } from '@/lib/auth/authorize'
import { currentSession, requestSource } from '@/lib/auth/current'
import { isDatabaseGone } from '@/lib/database-gone'

/** Opens a page of the support desk to the platform's staff; to everybody else it does not exist. */
export async function staffOnly(): Promise<void> {
  const allowed = authorizeSupport(await currentSession(), 'support-desk:read', await requestSource())
  if (allowed.ok) return
  if (allowed.reason === 'signed-out') redirect('/sign-in')
  notFound()
}

/** Not even the title of a page tells others that it is there. */
export async function titleForStaff(): Promise<Metadata> {
  const session = await currentSession().catch((error: unknown) => {
    if (isDatabaseGone(error)) return null
    throw error
  })
  return session?.isSupport ? { title: 'Support' } : {}
}

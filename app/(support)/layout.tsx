import type { ReactNode } from 'react'
import { isDatabaseGone } from '@/lib/database-gone'
import { Frame } from '../frame'
import { staffOnly } from './support/staff-only'

/** Decides as well as its pages, so that others get the page of any address without one, shell and all. */
export default async function SupportLayout({ children }: { children: ReactNode }) {
  await staffOnly().catch((error: unknown) => {
    // The frame says that the database is away.
    if (!isDatabaseGone(error)) throw error
  })
  return <Frame>{children}</Frame>
}

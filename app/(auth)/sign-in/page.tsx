import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { singleSignOn } from '@/lib/auth/options'
import { openPath } from '@/lib/console-link'
import { isDatabaseGone } from '@/lib/database-gone'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<'error' | 'organization' | 'to', string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: Props) {
  const { error, organization, to } = await searchParams
  const next = openPath(organization, to)
  if (await isSignedIn()) redirect(next as Route)
  return <SignInForm singleSignOn={singleSignOn()} failed={Boolean(error)} next={next} />
}

// Without its database the page still opens; the form then says what is wrong.
async function isSignedIn(): Promise<boolean> {
  try {
    return (await currentSession()) !== null
  } catch (error) {
    if (isDatabaseGone(error)) return false
    throw error
  }
}

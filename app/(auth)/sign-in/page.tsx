import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { singleSignOn } from '@/lib/auth/options'
import { isDatabaseGone } from '@/lib/database-gone'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ error?: string }> }) {
  if (await isSignedIn()) redirect('/')
  const { error } = await searchParams
  return <SignInForm singleSignOn={singleSignOn()} failed={Boolean(error)} />
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

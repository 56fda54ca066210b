import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentSession } from '@/lib/auth/current'
import { singleSignOn } from '@/lib/auth/options'
import { isDatabaseGone } from '@/lib/database-gone'
import { env } from '@/lib/env'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ error?: string }> }) {
  if (await isSignedIn()) redirect('/')
  const { error } = await searchParams
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-sm">
        <p className="mb-6 text-center text-lg font-semibold tracking-tight">Keyturn</p>
        <div className="rounded-xl border border-line bg-surface p-6">
          <SignInForm singleSignOn={singleSignOn()} failed={Boolean(error)} />
        </div>
        {env().KEYTURN_DEMO && (
          <p className="mt-4 text-center text-muted">
            This is a demo: its mails arrive in the{' '}
            <a
              className="text-accent underline underline-offset-4"
              href={env().RESEND_BASE_URL}
              target="_blank"
              rel="noreferrer"
            >
              mailbox
            </a>
            .
          </p>
        )}
      </div>
    </main>
  )
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

import type { ReactNode } from 'react'
import { env } from '@/lib/env'

/** The card in which people come in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-sm">
        <p className="mb-6 text-center text-lg font-semibold tracking-tight">Keyturn</p>
        <div className="rounded-xl border border-line bg-surface p-6">{children}</div>
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

'use client'

import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md items-center p-6">
      <Message title="Something went wrong on our side" tone="bad">
        <p>Nothing was changed by this page. Try again in a moment.</p>
        {error.digest && (
          <p className="mt-2 text-muted">
            If it keeps happening, tell your administrator this number:{' '}
            <code className="font-mono">{error.digest}</code>
          </p>
        )}
        <Button className="mt-4" onClick={reset}>
          Try again
        </Button>
      </Message>
    </main>
  )
}

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
  // Tried again in the same page, a part that did not arrive stays missing: only a new page asks for it again.
  const isPartMissing = error.name === 'ChunkLoadError'
  return (
    <main className="mx-auto flex min-h-dvh max-w-md items-center p-6">
      <Message
        title={isPartMissing ? 'A part of this page did not arrive' : 'Something went wrong on our side'}
        tone="bad"
      >
        <p>
          {isPartMissing
            ? 'Check your connection and load the page again. Nothing was changed.'
            : 'Nothing was changed by this page. Try again in a moment.'}
        </p>
        {error.digest && (
          <p className="mt-2 text-muted">
            If it keeps happening, tell your administrator this number:{' '}
            <code className="font-mono">{error.digest}</code>
          </p>
        )}
        <Button className="mt-4" onClick={() => (isPartMissing ? location.reload() : reset())}>
          {isPartMissing ? 'Load again' : 'Try again'}
        </Button>
      </Message>
    </main>
  )
}

import Link from 'next/link'
import { Message } from '@/components/ui/message'

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md items-center p-6">
      <Message title="There is no page here">
        <p>The address may be mistyped, or the page has moved.</p>
        <p className="mt-4">
          <Link className="font-medium text-accent underline underline-offset-4" href="/">
            Go to the start page
          </Link>
        </p>
      </Message>
    </main>
  )
}

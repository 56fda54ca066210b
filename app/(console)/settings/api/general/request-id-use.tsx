import Link from 'next/link'
import { shellQuoted } from '@/lib/shell-quoted'

/** How a program sends its id, and where it is found again. */
export function RequestIdUse({ header }: { header: string }) {
  return (
    <div className="mt-4">
      <pre className="rounded-lg border border-line bg-raised px-3.5 py-3 font-mono wrap-anywhere whitespace-pre-wrap">
        <code className="select-all">curl -H {shellQuoted(`${header}: order-4711`)} …</code>
      </pre>
      <p className="mt-2 text-muted">
        The id may also be sent as parameter <code className="font-mono text-ink">customerRequestId</code>, in
        the query string or as a field of a JSON body; the header wins. It comes back with the answer, stands
        on every log line of the request, and finds it again under{' '}
        <Link className="font-medium text-accent underline underline-offset-4" href="/requests">
          Requests
        </Link>
        .
      </p>
    </div>
  )
}

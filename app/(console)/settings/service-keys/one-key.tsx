import Link from 'next/link'
import { addressOf } from './address'

/** The list is down to the key that a link led to: that, and the way to all of them. */
export function OneKey({ name, sort }: { name: string; sort: string }) {
  return (
    <p className="border-b border-line bg-accent-soft px-4 py-2.5 [overflow-wrap:anywhere] @4xl:px-5">
      Only “{name}” is shown, the key that a link led to.{' '}
      <Link
        href={addressOf({ sort })}
        className="font-medium whitespace-nowrap text-accent underline underline-offset-4"
      >
        Show all keys
      </Link>
    </p>
  )
}

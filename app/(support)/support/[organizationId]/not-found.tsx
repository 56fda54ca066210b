import Link from 'next/link'
import { Message } from '@/components/ui/message'

export default function OrganizationNotFound() {
  return (
    <Message title="There is no such organization">
      <p>
        The address may be mistyped, or the organization was deleted.{' '}
        <Link className="font-medium text-accent underline underline-offset-4" href="/support">
          Show all organizations
        </Link>
      </p>
    </Message>
  )
}

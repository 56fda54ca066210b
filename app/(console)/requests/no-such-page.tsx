import Link from 'next/link'
import { Message } from '@/components/ui/message'
import type { RequestForm } from '@/lib/requests/form'
import { addressOf } from './address'

export function NoSuchPage({ form }: { form: RequestForm }) {
  return (
    <Message level="h2" title="There is no such page">
      <p>
        This address does not name a page of the list.{' '}
        <Link href={addressOf(form)} className="font-medium text-accent underline">
          Show the newest calls
        </Link>
      </p>
    </Message>
  )
}

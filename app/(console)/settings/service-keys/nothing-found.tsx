import Link from 'next/link'
import type { ReadServiceKeyForm } from '@/lib/service-keys/form'
import { addressOf } from './address'

/** There are keys, but none that matches, or the address asks for what there is not: what to do about it. */
export function NothingFound({ question: { form, problems, after } }: { question: ReadServiceKeyForm }) {
  const [problem] = Object.values(problems)
  const [title, words, link, href] = problem
    ? ['There is no such list', problem, 'Show all keys', addressOf({})]
    : after !== null
      ? [
          'There are no more keys',
          'The last of them are on the page before.',
          'Show the first page',
          addressOf(form),
        ]
      : form.keyId !== ''
        ? [
            'This key is not here any more',
            'The key that the link led to was deleted, or does not belong to this organization.',
            'Show all keys',
            addressOf({ sort: form.sort }),
          ]
        : ['No key matches', nothingWords(form.name), 'Clear the filters', addressOf({ sort: form.sort })]
  return (
    <div className="px-4 py-12 text-center">
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-1 text-muted [overflow-wrap:anywhere]">
        {words}{' '}
        <Link href={href} className="font-medium text-accent underline underline-offset-4">
          {link}
        </Link>
      </p>
    </div>
  )
}

function nothingWords(name: string): string {
  return name === '' ? 'No key has all of these.' : `No such key has “${name}” in its name.`
}

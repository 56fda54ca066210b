import Link from 'next/link'
import type { NoticeSearch } from '@/lib/notices/inbox/inputs'
import { addressOf } from './address'

type Props = { search: NoticeSearch; unread: number; mayReadAll: boolean }

/** Links, so that what is asked for stands in the address, and works before any script has loaded. */
export function Filters({ search, unread, mayReadAll }: Props) {
  const isMine = search.whose === 'mine'
  return (
    <nav aria-label="Filters" className="flex flex-wrap gap-x-4 gap-y-2">
      {mayReadAll && (
        <Choice
          name="Whose"
          search={search}
          choices={[
            ['Mine', { whose: 'mine' }],
            ['Everybody’s', { whose: 'everybodys', show: 'all' }],
          ]}
        />
      )}
      {isMine && (
        <Choice
          name="Read or not"
          search={search}
          choices={[
            ['All', { show: 'all' }],
            [unread > 0 ? `Unread (${unread.toLocaleString('en')})` : 'Unread', { show: 'unread' }],
          ]}
        />
      )}
      <Choice
        name="About"
        search={search}
        choices={[
          ['Any', { about: null }],
          ['Organization key', { about: 'organization-key' }],
          ['Service keys', { about: 'service-keys' }],
          ['Members', { about: 'members' }],
          ['Media', { about: 'media' }],
        ]}
      />
    </nav>
  )
}

type ChoiceProps = {
  name: string
  search: NoticeSearch
  choices: [text: string, change: Partial<NoticeSearch>][]
}

function Choice({ name, search, choices }: ChoiceProps) {
  return (
    <ul aria-label={name} className="flex flex-wrap rounded-lg border border-line bg-surface p-0.5">
      {choices.map(([text, change]) => {
        const isChosen = Object.entries(change).every(
          ([key, value]) => search[key as keyof NoticeSearch] === value,
        )
        return (
          <li key={text}>
            <Link
              href={addressOf({ ...search, ...change })}
              aria-current={isChosen ? 'true' : undefined}
              className="flex min-h-8 items-center rounded-md px-2.5 font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink aria-[current]:underline aria-[current]:underline-offset-4"
            >
              {text}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

import Link from 'next/link'
import type { GroupView } from '@/lib/groups/list-groups'
import type { MemberSearch } from '@/lib/members/inputs'
import { addressOf, everybody } from './address'
import { type ListProps, MemberTable } from './member-table'
import { SearchForm } from './search-form'

const linkLook = 'font-medium text-accent underline underline-offset-4'

export function MemberList(props: ListProps) {
  const { counts, search, page, groups } = props
  return (
    <section aria-labelledby="members" className="@container rounded-xl border border-line bg-surface">
      <h2 id="members" className="px-4 pt-3.5 text-base font-semibold sm:px-5">
        {counts.members.toLocaleString('en')} {counts.members === 1 ? 'member' : 'members'}
      </h2>
      <SearchForm search={search} groups={groups} />
      <div className="border-t border-line">
        {page.members.length > 0 ? <MemberTable {...props} /> : <Nobody search={search} groups={groups} />}
      </div>
      {(search.after || page.next) && (
        <nav aria-label="Pages" className="flex justify-end gap-5 border-t border-line px-4 py-3 sm:px-5">
          {search.after && (
            <Link href={addressOf(search)} className={linkLook}>
              First page
            </Link>
          )}
          {page.next && (
            <Link href={addressOf(search, page.next)} className={linkLook}>
              Next page
            </Link>
          )}
        </nav>
      )}
    </section>
  )
}

function Nobody({ search: { q, role, group }, groups }: { search: MemberSearch; groups: GroupView[] }) {
  const groupName = groups.find(({ id }) => id === group)?.name ?? (group && 'a group that is not there')
  return (
    <div className="px-4 py-8 text-center text-muted [overflow-wrap:anywhere] sm:px-5">
      <p>
        No {role ?? 'member'}
        {groupName && ` in ${groupName}`}
        {q ? ` has “${q}” in the name or the address.` : groupName || role ? '.' : ' comes after this.'}
      </p>
      <Link href={addressOf(everybody)} className={linkLook}>
        Show all members
      </Link>
    </div>
  )
}

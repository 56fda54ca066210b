'use client'

import { Search } from 'lucide-react'
import Form from 'next/form'
import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/button'
import { inputLook } from '@/components/ui/field'
import type { GroupView } from '@/lib/groups/list-groups'
import type { MemberSearch } from '@/lib/members/inputs'
import { memberRoles, roleNames } from '@/lib/members/roles'

/** The search stands in the address, so that it can be kept, shared and gone back to. */
export function SearchForm({ search, groups }: { search: MemberSearch; groups: GroupView[] }) {
  return (
    <Form
      // Going back, or "Show all members", changes the address under the form.
      key={JSON.stringify(search)}
      action="/settings/members"
      role="search"
      aria-label="Members"
      className="flex flex-wrap items-center gap-2 px-4 py-3.5 sm:px-5"
    >
      <input
        type="search"
        name="q"
        aria-label="Name or email address"
        placeholder="Name or email address"
        defaultValue={search.q}
        maxLength={200}
        className={`${inputLook} sm:!w-64`}
      />
      <select
        name="role"
        aria-label="Role"
        defaultValue={search.role ?? ''}
        className={`${inputLook} !w-auto`}
      >
        <option value="">Any role</option>
        {memberRoles.map((role) => (
          <option key={role} value={role}>
            {roleNames[role]}
          </option>
        ))}
      </select>
      {groups.length > 0 && (
        <select
          name="group"
          aria-label="Group"
          defaultValue={search.group ?? ''}
          className={`${inputLook} !w-auto max-w-full sm:max-w-56`}
        >
          <option value="">Any group</option>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <SearchButton />
    </Form>
  )
}

function SearchButton() {
  const { pending } = useFormStatus()
  return (
    <Button type="submit" busy={pending}>
      <Search aria-hidden className="size-4" />
      Search
    </Button>
  )
}

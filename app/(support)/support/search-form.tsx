import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { inputLook } from '@/components/ui/field'
import type { OrganizationSearch } from '@/lib/support-desk/inputs'

/** The search stands in the address, so that it can be kept, shared and gone back to. */
export function SearchForm({ search }: { search: OrganizationSearch }) {
  return (
    <form action="/support" className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5">
      <input
        type="search"
        name="q"
        aria-label="Name or exact id of an organization"
        placeholder="Name or exact id"
        defaultValue={search.text}
        maxLength={200}
        className={`${inputLook} sm:!w-72`}
      />
      <label className="flex min-h-9 items-center gap-2">
        <input
          type="checkbox"
          name="requests"
          value="open"
          defaultChecked={search.onlyOpen}
          className="size-4 accent-accent-strong"
        />
        With an open request
      </label>
      <Button type="submit">
        <Search aria-hidden className="size-4" />
        Search
      </Button>
    </form>
  )
}

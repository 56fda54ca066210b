'use client'

import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { accessLevelNames, accessLevels } from '@/lib/keys/access-level'
import { unusedDaysChoices } from '@/lib/service-keys/filter'
import type { ServiceKeyForm } from '@/lib/service-keys/form'
import { serviceKeyStates } from '@/lib/service-keys/lifecycle'
import { stateNames } from '@/lib/service-keys/state-names'
import { addressOf } from '../address'
import { sortNames } from '../sorting'
import { Choice, Only } from './choice'
import { SearchField } from './search-field'
import { ServiceUserFilter } from './service-user-filter'
import { useAsk } from './use-ask'

type Props = {
  organizationId: string
  form: ServiceKeyForm
  /** The name of the service user that is asked for. */
  serviceUserName: string | null
}

const { '-created': _, ...otherSorts } = sortNames
/** One key is left by a way of its own. */
const notFilters = ['sort', 'keyId']

/**
 * What is asked for stands in the address, from the moment that it is chosen. Before any script has loaded it is a
 * plain GET form; the search is not part of that, because what is pasted there may be a key.
 */
export function FilterForm({ organizationId, form, serviceUserName }: Props) {
  const { ask, isPending } = useAsk(form)
  const isFiltered = Object.entries(form).some(([name, value]) => !notFilters.includes(name) && value !== '')
  const field = (name: keyof ServiceKeyForm) => ({
    name,
    value: form[name],
    onChoose: (value: string) => ask({ [name]: value }),
  })

  return (
    <search
      aria-label="Service keys"
      aria-busy={isPending || undefined}
      className="block border-b border-line px-4 py-3.5 @4xl:px-5"
    >
      <form action="/settings/service-keys" onSubmit={(event) => event.preventDefault()}>
        <SearchField
          organizationId={organizationId}
          name={form.name}
          isPending={isPending}
          onAsk={(name) => ask({ name }, 'replace')}
        />
        <div className="mt-3 grid grid-cols-2 gap-2 @2xl:grid-cols-3 @4xl:grid-cols-[1.5fr_1fr_1fr_1fr]">
          <div className="col-span-2 @2xl:col-span-1">
            <ServiceUserFilter
              key={form.serviceUserId}
              organizationId={organizationId}
              serviceUserId={form.serviceUserId}
              serviceUserName={serviceUserName}
              onChoose={(serviceUserId) => ask({ serviceUserId })}
            />
          </div>
          <Choice
            label="State"
            any="Any state"
            options={Object.fromEntries(serviceKeyStates.map((state) => [state, stateNames[state]]))}
            {...field('state')}
          />
          <Choice
            label="Access level"
            any="Any access level"
            options={Object.fromEntries(accessLevels.map((level) => [level, accessLevelNames[level]]))}
            {...field('accessLevel')}
          />
          <Choice
            label="Last used"
            any="Any last use"
            options={Object.fromEntries(unusedDaysChoices.map((days) => [days, `Unused for ${days} days`]))}
            {...field('unusedDays')}
          />
          {/* Columns have a head that sorts; cards have not. */}
          <div className="@4xl:hidden">
            <Choice
              label="Sort by"
              any={sortNames['-created'] ?? ''}
              options={otherSorts}
              {...field('sort')}
            />
          </div>
        </div>
        <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
          <Only label="No IP limit" {...field('isAnyAddress')} />
          <Only label="Never expires" {...field('neverExpires')} />
          {isPending && <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />}
          <span className="ml-auto flex items-center gap-2">
            <noscript>
              <button type="submit" className={buttonLook('secondary')}>
                Apply
              </button>
            </noscript>
            {isFiltered && (
              <Link href={addressOf({ sort: form.sort })} className={`${buttonLook('quiet')} -my-1.5`}>
                Clear filters
              </Link>
            )}
          </span>
        </div>
      </form>
    </search>
  )
}

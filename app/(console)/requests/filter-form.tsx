'use client'

import Form from 'next/form'
import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { Field, Select } from '@/components/ui/field'
import { useHydrated } from '@/components/ui/use-hydrated'
import { holdsKeyText } from '@/lib/keys/looks-like-key'
import type { ReadForm } from '@/lib/requests/form'
import type { LoggedKey } from '@/lib/requests/keys'
import { outcomeNames, outcomes } from '@/lib/requests/outcome'
import { timeNames, times } from '@/lib/requests/times'
import { RangeField } from './range-field'
import { SearchButton } from './search-button'
import { useFields } from './use-fields'

type Props = Pick<ReadForm, 'form' | 'problems'> & { keys: LoggedKey[] }

/** A plain GET form: what is searched stands in the address, and works before any script has loaded. */
export function FilterForm({ form, problems, keys }: Props) {
  const { fields, setFields, hasSent, forget } = useFields(form)
  const isHydrated = useHydrated()
  const isKey = holdsKeyText(fields.customerRequestId)

  /** Spares the address what is empty, once there is a script to spare it. */
  const field = (name: keyof typeof form) => ({
    name: isHydrated && fields[name] === '' ? undefined : name,
    value: fields[name],
    error: name === 'time' ? null : problems[name],
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  })

  return (
    <Form
      action="/requests"
      // An address is kept by browsers and proxies: a key must not come into it.
      onSubmit={(event) => (isKey ? event.preventDefault() : hasSent())}
      className="@container rounded-xl border border-line bg-surface p-4 sm:p-5"
      role="search"
      aria-label="Requests"
    >
      <div className="grid gap-4 @lg:grid-cols-2 @4xl:grid-cols-[2fr_2fr_1fr_1fr]">
        <Field
          label="Customer request ID"
          maxLength={400}
          spellCheck={false}
          autoComplete="off"
          {...field('customerRequestId')}
          error={isKey ? keyWords : problems.customerRequestId}
        />
        <Select label="Key" {...field('keyId')}>
          <option value="">Any</option>
          {keys.map(({ id, name, masked, isDeleted }) => (
            <option key={id} value={id}>
              {name === null ? masked : `${name}, ${masked}`}
              {isDeleted && ' (deleted)'}
            </option>
          ))}
          {fields.keyId !== '' && !keys.some(({ id }) => id === fields.keyId) && (
            <option value={fields.keyId}>Unknown key</option>
          )}
        </Select>
        <Select label="Outcome" {...field('outcome')}>
          <option value="">Any</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {outcomeNames[outcome]}
            </option>
          ))}
          {problems.outcome && <option value={form.outcome}>{form.outcome}</option>}
        </Select>
        <Select label="Time" {...field('time')}>
          {times.map((time) => (
            <option key={time} value={time}>
              {timeNames[time]}
            </option>
          ))}
        </Select>
      </div>
      {fields.time === 'custom' && (
        <div className="mt-4 grid gap-4 @lg:grid-cols-2">
          {(['from', 'to'] as const).map((name) => (
            <RangeField key={`${name} ${form[name]}`} name={name} asked={form[name]} error={problems[name]} />
          ))}
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <SearchButton />
        <Link href="/requests" onClick={forget} className={buttonLook('quiet')}>
          Clear
        </Link>
      </div>
    </Form>
  )
}

const keyWords = 'This looks like a key. It was not sent anywhere: search for the ID of a call.'

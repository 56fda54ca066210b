import type { Route } from 'next'
import type { ServiceKeyForm } from '@/lib/service-keys/form'
import { sortText, usualSort } from '@/lib/service-keys/sort'

/** The query string that asks the same again, without what is empty. */
export function queryOf(form: Partial<ServiceKeyForm>, more: Record<string, string> = {}): string {
  const asked = Object.entries({ ...form, ...more }).filter(
    ([name, value]) => value !== '' && !isUsual(name, value),
  )
  return new URLSearchParams(asked).toString()
}

const isUsual = (name: string, value: string) => name === 'sort' && value === sortText(usualSort)

export function addressOf(form: Partial<ServiceKeyForm>, more?: Record<string, string>): Route {
  const query = queryOf(form, more)
  return query === '' ? '/settings/service-keys' : `/settings/service-keys?${query}`
}

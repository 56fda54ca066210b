import type { Route } from 'next'
import type { RequestForm } from '@/lib/requests/form'

/** The query string that asks the same again, without what is empty. */
export function queryOf(form: RequestForm, more: Record<string, string> = {}): string {
  const { from, to, ...rest } = form
  const asked = { ...rest, ...(form.time === 'custom' ? { from, to } : {}), ...more }
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString()
}

export function addressOf(form: RequestForm, more?: Record<string, string>): Route {
  return `/requests?${queryOf(form, more)}`
}

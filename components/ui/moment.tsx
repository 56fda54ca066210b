'use client'

import { useSyncExternalStore } from 'react'

const exactForm: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'long' }
const forms = {
  date: { dateStyle: 'medium' },
  /** Below the name of its month. */
  day: { weekday: 'short', day: 'numeric' },
  time: { timeStyle: 'short' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  /** Where people decide by it: to the second, with its zone. */
  zoned: { dateStyle: 'medium', timeStyle: 'long' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const noChange = () => () => {}

/** The reader's time zone; null on the server, which cannot know it. */
export function useReaderZone(): string | null {
  return useSyncExternalStore(
    noChange,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )
}

/** A moment in the reader's zone, the exact one on hover. The server's first paint is in UTC and says so. */
export function Moment({ at, form = 'minute' }: { at: string; form?: keyof typeof forms }) {
  const zone = useReaderZone()
  const options = { ...forms[form], timeZone: zone ?? 'UTC' }
  const text = new Intl.DateTimeFormat('en-GB', options).format(new Date(at))
  const exact = new Intl.DateTimeFormat('en-GB', { ...exactForm, timeZone: zone ?? 'UTC' }).format(
    new Date(at),
  )
  const isDay = form === 'date' || form === 'day'
  const isShort = isDay || form === 'time' || form === 'minute'
  return (
    <time dateTime={at} title={exact} className={isShort ? 'whitespace-nowrap' : ''}>
      {zone || isDay || form === 'zoned' ? text : `${text} UTC`}
    </time>
  )
}

/** The same in two lines, for a narrow column; in one where it stands alone. */
export function DateAndTime({ at }: { at: string }) {
  return (
    <>
      <Moment at={at} form="date" />
      <span className="text-muted @4xl:block">
        {' '}
        <Moment at={at} form="time" />
      </span>
    </>
  )
}

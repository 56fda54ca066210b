import { Moment } from '@/components/ui/moment'
import { type IntervalEffect, intervalEffect } from '@/lib/organization-keys/interval-effect'
import { maxLifeDays } from '@/lib/organization-keys/lifecycle'
import { overlapDays } from '@/lib/organization-keys/schedule'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import { factsOf } from './key-facts'

/** What the typed interval would do to the current key, before it is saved; nothing while it is no interval. */
export function IntervalEffectText({ view, typed }: { view: OrganizationKeysView; typed: string }) {
  const days = Number(typed)
  if (!Number.isInteger(days) || days < 1 || days > maxLifeDays || days === view.replaceEveryDays) return null
  const current = view.keys.find(({ state }) => state === 'active')
  return (
    <>
      {current && <Effect of={intervalEffect(factsOf(current), days, new Date(view.now))} />} Keys made from
      then on live {daysText(days)}, and the next one comes after {daysText(days - overlapDays(days))}.
    </>
  )
}

function Effect({ of: effect }: { of: IntervalEffect }) {
  switch (effect.kind) {
    case 'never-expires':
      return <>The current key never expires, so it is not replaced by the schedule.</>
    case 'same':
      return (
        <>
          The current key keeps its date: it is replaced on{' '}
          <Moment at={effect.due.toISOString()} form="date" />.
        </>
      )
    case 'at-once':
      return (
        <>
          The current key will be replaced <strong className="font-semibold">right after saving</strong>; the
          old one stays accepted until <Moment at={effect.acceptedUntil.toISOString()} form="date" />.
        </>
      )
    case 'moved':
      return (
        <>
          The current key will be replaced on{' '}
          <strong className="font-semibold">
            <Moment at={effect.due.toISOString()} form="date" />
          </strong>{' '}
          instead of <Moment at={effect.from.toISOString()} form="date" />; the old one stays accepted until{' '}
          <Moment at={effect.acceptedUntil.toISOString()} form="date" />.
        </>
      )
  }
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

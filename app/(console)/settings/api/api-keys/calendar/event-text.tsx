import { Clock } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Moment } from '@/components/ui/moment'
import type { KeyNamed } from '@/lib/organization-keys/calendar'
import { isPlanned, type Line } from './months'

/** One line of the calendar in a sentence, and what goes with it. */
export function EventText({ line, now }: { line: Line; now: Date }) {
  return (
    <>
      <p>
        <What line={line} now={now} />{' '}
        {isPlanned(line) && (
          <Badge tone="neutral" icon={Clock}>
            Planned
          </Badge>
        )}
      </p>
      <More line={line} />
    </>
  )
}

function What({ line, now }: { line: Line; now: Date }) {
  switch (line.kind) {
    case 'replacement':
      return (
        <>
          The schedule {line.at <= now ? 'is about to replace' : 'replaces'} <KeyName of={line.key} />
        </>
      )
    case 'replacements':
      return <>The schedule makes {line.count} new keys, one after another</>
    case 'end':
      return (
        <>
          <Masked of={line.key} /> is not accepted any more
        </>
      )
    case 'review':
      return (
        <>
          Review whether <Masked of={line.key} /> should go on without an expiration
        </>
      )
    case 'service-keys':
      return line.name === null ? (
        <>
          <KeysLink asked={{ state: 'active', sort: 'expires' }}>
            {line.count.toLocaleString('en-GB')} service keys
          </KeysLink>{' '}
          expire
        </>
      ) : (
        <>
          The service key <KeysLink asked={{ name: line.name }}>{line.name}</KeysLink> expires
        </>
      )
  }
}

function More({ line }: { line: Line }) {
  if (line.kind === 'replacement')
    return (
      <p className="text-muted">
        Old and new key are both accepted until <Moment at={line.acceptedUntil.toISOString()} form="date" />.
      </p>
    )
  if (line.kind === 'end' && line.reminders.length > 0)
    return (
      <p className="text-muted">
        While it is in use, reminders go out on{' '}
        {line.reminders.map((at, index) => (
          <Fragment key={at.getTime()}>
            {index > 0 && (index === line.reminders.length - 1 ? ' and ' : ', ')}
            <Moment at={at.toISOString()} form="date" />
          </Fragment>
        ))}
        .
      </p>
    )
  return null
}

function KeyName({ of: key }: { of: KeyNamed }) {
  if ('masked' in key) return <Masked of={key} />
  return (
    <>
      the key of <Moment at={key.madeAt.toISOString()} form="date" />
    </>
  )
}

function Masked({ of: { masked } }: { of: { masked: string } }) {
  return <code className="font-mono whitespace-nowrap">{masked}</code>
}

function KeysLink({ asked, children }: { asked: Record<string, string>; children: ReactNode }) {
  return (
    <Link
      href={`/settings/service-keys?${new URLSearchParams(asked)}`}
      className="font-medium text-accent underline underline-offset-4"
    >
      {children}
    </Link>
  )
}

import { Fragment } from 'react'
import { Moment } from '@/components/ui/moment'
import { Cell, Row } from '@/components/ui/table'
import type { LoggedKey } from '@/lib/requests/keys'
import type { RequestView } from '@/lib/requests/view'
import { OutcomeBadge } from './outcome-badge'

export function RequestRow({ request, loggedKey }: { request: RequestView; loggedKey: LoggedKey | null }) {
  const { at, outcome, code, status, method, path, address, durationMs, customerRequestId, id } = request
  return (
    <Row>
      <Cell label="Time">
        <Moment at={at} form="second" />
      </Cell>
      <Cell label="Outcome">
        <span className="flex flex-wrap items-center gap-x-2 @4xl:block">
          <OutcomeBadge outcome={outcome} />
          <span className="block font-mono text-xs text-muted">
            <Code text={code} /> {status}
          </span>
        </span>
      </Cell>
      <Cell label="Call">
        <span title={`${method} ${path}`} className="line-clamp-3 font-mono text-xs leading-5 break-all">
          <span className="font-semibold">{method}</span> {path}
        </span>
      </Cell>
      <Cell label="Key">{loggedKey ? <Key {...loggedKey} /> : <Nothing />}</Cell>
      <Cell label="Address">
        <span className="font-mono text-xs break-all">{address}</span>
      </Cell>
      <Cell label="Duration" className="tabular-nums @4xl:text-right">
        {durationText(durationMs)}
      </Cell>
      <Cell label="Request IDs">
        {customerRequestId === null ? (
          <span className="block text-muted">No customer ID</span>
        ) : (
          <Id text={customerRequestId} says="Customer request ID" />
        )}
        <Id text={id} says="Our request ID" isOurs />
      </Cell>
    </Row>
  )
}

/** `INSUFFICIENT_ACCESS` may go on in the next line after a `_`. */
function Code({ text }: { text: string }) {
  return text.split(/(?<=_)/).map((part, index) => (
    <Fragment key={part}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

function Key({ name, masked }: LoggedKey) {
  return (
    <>
      {name !== null && <span className="block break-words">{name}</span>}
      <code className="font-mono text-xs break-all">{masked}</code>
    </>
  )
}

/** One click selects the whole id, ready to be copied. */
function Id({ text, says, isOurs = false }: { text: string; says: string; isOurs?: boolean }) {
  return (
    <code
      title={says}
      className={`block font-mono text-xs leading-5 break-all whitespace-pre-wrap select-all ${isOurs ? 'text-muted' : ''}`}
    >
      {text}
    </code>
  )
}

function Nothing() {
  return (
    <>
      <span aria-hidden className="text-muted">
        –
      </span>
      <span className="sr-only">None</span>
    </>
  )
}

function durationText(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  return `${milliseconds >= 100 ? Math.round(milliseconds) : milliseconds.toPrecision(2)} ms`
}

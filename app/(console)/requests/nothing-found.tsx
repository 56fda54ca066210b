import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { Message } from '@/components/ui/message'
import { env } from '@/lib/env'
import type { RequestForm } from '@/lib/requests/form'
import type { LoggedKey } from '@/lib/requests/keys'
import { outcomeNames, outcomes } from '@/lib/requests/outcome'
import { hasRequests } from '@/lib/requests/search'
import { timeNames } from '@/lib/requests/times'
import { viewGeneral } from '@/lib/settings/general-view'
import { shellQuoted } from '@/lib/shell-quoted'
import { addressOf } from './address'

type Props = { organizationId: string; form: RequestForm; keys: LoggedKey[] }

/** Nothing was ever logged, or nothing that matches: two different things to do about it. */
export async function NothingFound({ organizationId, form, keys }: Props) {
  if (!(await hasRequests(organizationId))) return <NothingLogged organizationId={organizationId} />
  const isWidest = form.time === 'custom' && form.from === '' && form.to === ''
  return (
    <Message level="h2" title="No call matches">
      <p className="break-words">{wordsOf(form, keys)}.</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {!isWidest && (
          <Link
            href={addressOf({ ...form, time: 'custom', from: '', to: '' })}
            className={buttonLook('secondary')}
          >
            Search all times
          </Link>
        )}
        <Link href="/requests" className={buttonLook('quiet')}>
          Clear the filters
        </Link>
      </div>
    </Message>
  )
}

async function NothingLogged({ organizationId }: { organizationId: string }) {
  if (env().REQUEST_LOG === 'off') {
    return (
      <Message level="h2" title="Calls are not kept">
        <p>Whoever runs this installation has switched the log of calls off, and can switch it on again.</p>
      </Message>
    )
  }
  const { requestIdHeader } = await viewGeneral(organizationId)
  return (
    <Message level="h2" title="No call has been logged yet">
      <p>
        Each call of the API appears here with its outcome and the exact reason, so that you can find it again
        by the ID that your system gave it. Try one, with your Secret in place of the dots:
      </p>
      <pre className="mt-3 rounded-lg bg-raised p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-ink select-all">
        {`curl ${env().API_URL}/v1/whoami \\\n  -H 'Authorization: Bearer …' \\\n  -H ${shellQuoted(`${requestIdHeader}: my-first-call`)}`}
      </pre>
    </Message>
  )
}

/** What was asked for, in words. */
function wordsOf(form: RequestForm, keys: LoggedKey[]): string {
  const { customerRequestId, keyId, outcome, time, from, to } = form
  const outcomeName = outcomeNames[outcomes.find((each) => each === outcome) ?? 'ok']
  const words = [
    customerRequestId && `customer request ID “${customerRequestId}”`,
    keyId && `key ${keys.find(({ id }) => id === keyId)?.masked ?? keyId}`,
    outcome && `outcome “${outcomeName}”`,
  ].filter((each) => each !== '')
  const what = words.length > 0 ? `No call with ${words.join(' and ')}` : 'No call'
  if (time !== 'custom') return `${what} in the ${timeNames[time].toLowerCase()}`
  return from === '' && to === '' ? `${what} in the whole log` : `${what} in this range of time`
}

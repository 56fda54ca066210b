import Link from 'next/link'
import { useEffect, useState } from 'react'
import { Moment } from '@/components/ui/moment'
import type { FoundKey } from '@/lib/service-keys/find-by-digest'
import { stateNames } from '@/lib/service-keys/state-names'
import { findServiceKey } from '../actions'
import { addressOf } from '../address'
import { keyWords } from '../words'
import { digestOf, type Pasted } from './pasted-key'

type Props = { organizationId: string; pasted: Pasted }
type Answer = { kind: 'found'; found: FoundKey } | { kind: 'words'; words: string }

/** Which key it is that was pasted. Only its digest is asked for. */
export function PastedAnswer({ organizationId, pasted }: Props) {
  const key = pasted.kind === 'key' ? pasted.text : null
  const [answer, setAnswer] = useState<Answer | null>(null)

  useEffect(() => {
    setAnswer(null)
    if (key === null) return
    let isOver = false
    void identify(organizationId, key).then((found) => !isOver && setAnswer(found))
    return () => {
      isOver = true
    }
  }, [organizationId, key])

  return (
    <div role="status" className="mt-1.5 [overflow-wrap:anywhere] empty:hidden">
      {pasted.kind === 'part' &&
        'That is only a part of a key. Paste the whole key; it never leaves your browser.'}
      {pasted.kind === 'organization-key' &&
        'That looks like an organization key, not like a service key. It was not sent anywhere.'}
      {key !== null && answer === null && 'Looking for this key by its digest…'}
      {answer?.kind === 'words' && answer.words}
      {answer?.kind === 'found' && (
        <>
          This is <em className="font-medium">{answer.found.name}</em>,{' '}
          {stateNames[answer.found.state].toLowerCase()}. <OldSecret found={answer.found} />
          {answer.found.state !== 'deleted' && (
            <Link
              href={`${addressOf({ name: answer.found.name })}#${answer.found.keyId}`}
              className="font-medium text-accent underline underline-offset-4"
            >
              Show it
            </Link>
          )}
        </>
      )}
    </div>
  )
}

/** A secret from before a rotation is the same key, and yet may open nothing any more. */
function OldSecret({ found: { isCurrent, acceptedUntil, state } }: { found: FoundKey }) {
  if (isCurrent || acceptedUntil === null) return null
  const isOver = Date.parse(acceptedUntil) <= Date.now()
  if (state === 'deleted' && !isOver) return 'What you pasted is an old secret of it. '
  return (
    <>
      What you pasted is an old secret of it,{' '}
      {isOver
        ? 'accepted until '
        : state === 'active'
          ? 'still accepted until '
          : 'accepted once it is enabled, until '}
      <Moment at={acceptedUntil} form="zoned" />.{' '}
    </>
  )
}

async function identify(organizationId: string, key: string): Promise<Answer> {
  const digest = await digestOf(key)
  if (digest === null)
    return { kind: 'words', words: 'Your browser recognizes keys only on a page that came over https.' }
  const outcome = await findServiceKey(organizationId, { digest }).catch(() => null)
  if (!outcome?.ok) return { kind: 'words', words: keyWords(outcome) }
  const { found } = outcome.value
  return found ? { kind: 'found', found } : { kind: 'words', words: 'No key of this organization.' }
}

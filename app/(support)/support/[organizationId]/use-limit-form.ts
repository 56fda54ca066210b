import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { bytesOfSize, type SizeUnit, sizeText } from '@/lib/media/sizes'
import { momentText } from '@/lib/moment-text'
import type { OpenRequestView, OrganizationView } from '@/lib/support-desk/view'
import { grantRequest, setMediaLimit } from '../actions'
import { amountOf, endFault, fullGrant, sizeFault } from './limit-plan'
import { deskWords, type FieldErrors, fieldErrors, type Meanwhile } from './words'

/** The request that a limit grants, in full or in part. */
export type Answer = { request: OpenRequestView; inFull: boolean }

/** What was typed, what is wrong with it, and which change the form has shown: nobody writes over what they never saw. */
export function useLimitForm(organization: OrganizationView, answer: Answer | null, onDone: () => void) {
  const router = useRouter()
  const [size, setSize] = useState<{ amount: string; unit: SizeUnit }>(() =>
    answer ? { amount: '', unit: 'MiB' } : amountOf(organization.limit.bytes),
  )
  const [ends, setEnds] = useState('')
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState(organization.lastChange)
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [isOver, setIsOver] = useState(false)

  const bytes = answer?.inFull
    ? fullGrant(answer.request.wantedBytes, organization.limit)
    : bytesOfSize(size.amount, size.unit)
  const chosenEnd = new Date(ends)
  const endsAt = Number.isNaN(chosenEnd.getTime()) ? null : chosenEnd

  function faults(isEndHalf: boolean): FieldErrors {
    const below = answer && !answer.inFull ? answer.request.wantedBytes : null
    const wrongSize = sizeFault(bytes, below)
    const wrongEnd = endFault(ends, isEndHalf, new Date())
    return {
      ...(wrongSize ? { bytes: wrongSize } : {}),
      ...(wrongEnd ? { endsAt: wrongEnd } : {}),
      ...(reason.trim() ? {} : { reason: 'Enter a reason.' }),
    }
  }

  /** @param isEndHalf whether the field of the end holds a part of a moment */
  async function submit(isEndHalf: boolean) {
    const found = faults(isEndHalf)
    setErrors(found)
    setError(null)
    if (bytes === null || Object.keys(found).length > 0) return
    setBusy(true)
    const change = {
      organizationId: organization.id,
      bytes,
      reason,
      seen,
      ...(endsAt ? { endsAt: endsAt.toISOString() } : {}),
    }
    const sent = answer ? grantRequest({ ...change, requestId: answer.request.id }) : setMediaLimit(change)
    const outcome = await sent.catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      const until = endsAt ? ` until ${momentText(endsAt)}` : ''
      toast('good', `The limit is ${sizeText(bytes)}${until}. The organization’s admins are told`)
      onDone()
    } else if (outcome?.reason === 'changed-meanwhile') {
      setMeanwhile(outcome.details)
      setSeen(outcome.details.number)
    } else {
      const wrong = fieldErrors(outcome)
      setErrors(wrong)
      if (Object.keys(wrong).length === 0) setError(deskWords(outcome))
      setIsOver(outcome?.reason === 'already-answered')
    }
    router.refresh()
  }

  return {
    ...size,
    setSize: (amount: string, unit: SizeUnit) => setSize({ amount, unit }),
    ends,
    setEnds,
    reason,
    setReason,
    bytes,
    endsAt,
    errors,
    error,
    meanwhile,
    busy,
    isOver,
    submit,
  }
}

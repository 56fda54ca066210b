import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { type FieldErrors, fieldErrors, memberWords, type Refused } from './words'

/**
 * What the forms of this page share: one action at a time, what is wrong beside its field, and the page read anew.
 * `onShown` runs when the page shows the change, so that a row is gone before its dialog gives the focus back.
 */
export function useChange(onShown: () => void) {
  const router = useRouter()
  const [isAsking, setIsAsking] = useState(false)
  const [isReading, startReading] = useTransition()
  const [isDone, setIsDone] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page has been read
  useEffect(() => {
    if (isDone && !isReading) onShown()
  }, [isDone, isReading])

  /** Answers what became of the action, null when it was refused. */
  async function run<O extends { ok: true } | NonNullable<Refused>>(
    act: () => Promise<O>,
  ): Promise<Extract<O, { ok: true }> | null> {
    setIsAsking(true)
    setError(null)
    const outcome = await act().catch(() => null)
    setIsAsking(false)
    startReading(() => router.refresh())
    if (outcome?.ok) {
      setErrors({})
      setIsDone(true)
      return outcome as Extract<O, { ok: true }>
    }
    const wrong = fieldErrors(outcome)
    setErrors(wrong)
    if (Object.keys(wrong).length === 0) setError(memberWords(outcome))
    return null
  }

  return { run, busy: isAsking || isDone, error, errors }
}

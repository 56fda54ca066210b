import { useRef, useState } from 'react'
import { type CopyResult, copyText } from '@/components/ui/copy-button'
import { confirmRevealCode, revealKey, sendRevealCode } from '../actions'
import { keyWords } from './words'

export type Revealed = { secret: string; apiKey: string; issuedAt: string; expiresAt: string | null }

type Phase =
  | { at: 'hidden' }
  | { at: 'asking' }
  | { at: 'code'; to: string }
  | { at: 'shown'; revealed: Revealed; copied: CopyResult | null }

/**
 * The way to a Secret: ask for it, enter the mailed code when this session has not confirmed lately, see it.
 * It lives in this state only and goes with it.
 */
export function useReveal(organizationId: string, keyId: string) {
  const [phase, setPhase] = useState<Phase>({ at: 'hidden' })
  const [error, setError] = useState<string | null>(null)
  const copyWhenShown = useRef(false)

  async function show(): Promise<boolean> {
    const outcome = await revealKey(organizationId, { keyId }).catch(() => null)
    if (outcome?.ok) {
      const copied = copyWhenShown.current ? await copyText(outcome.value.secret) : null
      setPhase({ at: 'shown', revealed: outcome.value, copied })
      return true
    }
    if (outcome?.reason === 'step-up-required') return false
    setPhase({ at: 'hidden' })
    setError(keyWords(outcome))
    return true
  }

  const send = () => sendRevealCode(organizationId, { keyId })

  async function ask(options: { thenCopy: boolean } = { thenCopy: false }) {
    copyWhenShown.current = options.thenCopy
    setPhase({ at: 'asking' })
    setError(null)
    if (await show()) return
    const sent = await send().catch(() => null)
    if (sent?.ok) return setPhase({ at: 'code', to: sent.value.to })
    setPhase({ at: 'hidden' })
    setError(keyWords(sent))
  }

  /** Answers whether the code was right. */
  async function confirm(code: string): Promise<boolean> {
    setError(null)
    const outcome = await confirmRevealCode(organizationId, { keyId, code }).catch(() => null)
    if (outcome?.ok) return show()
    setError(keyWords(outcome))
    return false
  }

  const hide = () => setPhase({ at: 'hidden' })
  return { phase, error, setError, ask, confirm, send, hide }
}

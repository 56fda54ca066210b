'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'

type Props = { text: string; label?: string; look?: 'primary' | 'secondary' }

/** Copies `text` and says "Copied" for two seconds; where the browser refuses, it says so instead of pretending. */
export function CopyButton({ text, label = 'Copy', look = 'secondary' }: Props) {
  const [result, setResult] = useState<'copied' | 'refused' | null>(null)

  useEffect(() => {
    if (!result) return
    const timer = setTimeout(() => setResult(null), 2_000)
    return () => clearTimeout(timer)
  }, [result])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
    } catch {
      setResult('refused')
    }
  }

  return (
    <Button look={look} onClick={copy}>
      {result === 'copied' ? (
        <Check aria-hidden className="size-4" />
      ) : (
        <Copy aria-hidden className="size-4" />
      )}
      <span aria-live="polite">
        {result === 'copied' ? 'Copied' : result === 'refused' ? 'Select the text and copy it' : label}
      </span>
    </Button>
  )
}

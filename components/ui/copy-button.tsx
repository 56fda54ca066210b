'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'

export type CopyResult = 'copied' | 'refused'

type Props = {
  text: string
  label?: string
  look?: 'primary' | 'secondary'
  /** What became of a copy that was asked for before the text was there. */
  already?: CopyResult | null
  onCopied?: () => void
}

/** Puts a text on the clipboard, where the browser lets it. */
export async function copyText(text: string): Promise<CopyResult> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    return 'refused'
  }
}

/** Copies `text` and says "Copied" for two seconds; where the browser refuses, it says so instead of pretending. */
export function CopyButton({ text, label = 'Copy', look = 'secondary', already = null, onCopied }: Props) {
  const [result, setResult] = useState<CopyResult | null>(already)

  useEffect(() => {
    if (!result) return
    const timer = setTimeout(() => setResult(null), 2_000)
    return () => clearTimeout(timer)
  }, [result])

  async function copy() {
    const copied = await copyText(text)
    setResult(copied)
    if (copied === 'copied') onCopied?.()
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

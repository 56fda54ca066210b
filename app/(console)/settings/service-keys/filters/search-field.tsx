'use client'

import { LoaderCircle, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { inputLook } from '@/components/ui/field'
import { PastedAnswer } from './pasted-answer'
import { pastedKey } from './pasted-key'

/** Until the typing pauses nothing is asked, in milliseconds. */
const pause = 200

type Props = {
  organizationId: string
  /** What the address asks for now. */
  name: string
  /** Whether rows are on their way. */
  isPending: boolean
  onAsk: (name: string) => void
}

/**
 * Searches by name while somebody types; the text lives in the field itself, so that no answer ever takes a letter
 * back. A key that is pasted never leaves the browser. The field has no name that a form could send before that.
 */
export function SearchField({ organizationId, name, isPending, onAsk }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = useRef(name)
  const [text, setText] = useState(name)
  const pasted = pastedKey(text)

  function ask(typed: string) {
    clearTimeout(timer.current)
    timer.current = undefined
    const wanted = pastedKey(typed).kind === 'words' ? typed.trim() : ''
    if (wanted === asked.current) return
    asked.current = wanted
    onAsk(wanted)
  }

  function hear(typed: string) {
    setText(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => ask(typed), pause)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once: what was typed before any script ran
  useEffect(() => {
    if (field.current && field.current.value !== asked.current) hear(field.current.value)
    return () => clearTimeout(timer.current)
  }, [])

  // Going back, or "Clear", changes the address under the field; our own question does not.
  useEffect(() => {
    if (name === asked.current || isPending || timer.current !== undefined) return
    asked.current = name
    setText(name)
    if (field.current) field.current.value = name
  }, [name, isPending])

  return (
    <div className="min-w-0 grow">
      <div className="relative">
        <Icon isPending={isPending} />
        <input
          ref={field}
          type="search"
          aria-label="Search by name, or paste a key"
          placeholder="Search by name, or paste a key"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={1_000}
          defaultValue={name}
          onChange={({ target }) => hear(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            ask(event.currentTarget.value)
          }}
          className={`${inputLook} !pl-9`}
        />
      </div>
      <PastedAnswer organizationId={organizationId} pasted={pasted} />
    </div>
  )
}

function Icon({ isPending }: { isPending: boolean }) {
  const Shown = isPending ? LoaderCircle : Search
  return (
    <Shown
      aria-hidden
      className={`pointer-events-none absolute top-2.5 left-3 size-4 text-muted ${isPending ? 'animate-spin' : ''}`}
    />
  )
}

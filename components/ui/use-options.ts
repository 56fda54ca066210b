import { useEffect, useRef, useState } from 'react'

export type Option = {
  id: string
  name: string
  note?: string
  /** Why it cannot be chosen. */
  obstacle?: string | null
}

export type Found = { options: Option[] | null; hasFailed: boolean }

/** Until the typing pauses nothing is asked, in milliseconds. */
const pause = 150

/** The options for what is typed, while the list is open. An answer that comes after a newer question is dropped. */
export function useOptions(
  isOpen: boolean,
  text: string,
  load: (text: string) => Promise<Option[] | null>,
): Found {
  const [found, setFound] = useState<Found>({ options: null, hasFailed: false })
  const ask = useRef(load)
  ask.current = load

  useEffect(() => {
    if (!isOpen) return
    let isOver = false
    const timer = setTimeout(
      async () => {
        const options = await ask.current(text).catch(() => null)
        if (!isOver) setFound({ options, hasFailed: options === null })
      },
      text === '' ? 0 : pause,
    )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [isOpen, text])

  return found
}

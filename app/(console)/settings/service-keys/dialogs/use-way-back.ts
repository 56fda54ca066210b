import { useEffect, useRef } from 'react'

/**
 * Gives a dialog an entry of its own in the browser's history, so that going back asks before it takes the page away.
 * `mayGo` tells whether the dialog lets itself be closed; it closes itself then, or asks. Answers what takes the entry
 * away again, for every other way out.
 */
export function useWayBack(mayGo: () => boolean): () => void {
  const latest = useRef(mayGo)
  const isEntered = useRef(false)

  useEffect(() => {
    latest.current = mayGo
  })

  useEffect(() => {
    const address = location.href
    // With the framework's own marks in it, the entry is taken as it is and no page is read for it.
    const enter = () => history.pushState({ ...history.state }, '', address)
    if (!isEntered.current) enter()
    isEntered.current = true
    const entry = history.state
    const hear = (event: PopStateEvent) => {
      isEntered.current = !latest.current()
      if (isEntered.current) history.pushState(entry, '', address)
      if (isEntered.current || location.href === address) event.stopImmediatePropagation()
    }
    // Before the framework hears of it: it would show another page, and the key would go with this one.
    window.addEventListener('popstate', hear, { capture: true })
    return () => window.removeEventListener('popstate', hear, { capture: true })
  }, [])

  return () => {
    if (!isEntered.current) return
    isEntered.current = false
    const address = location.href
    const hear = (event: PopStateEvent) => location.href === address && event.stopImmediatePropagation()
    window.addEventListener('popstate', hear, { capture: true, once: true })
    history.back()
  }
}

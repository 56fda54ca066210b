import { useSyncExternalStore } from 'react'

const noChange = () => () => {}

/** False until React listens. A control that looks ready before that would swallow the first click. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    noChange,
    () => true,
    () => false,
  )
}

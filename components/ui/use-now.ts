import { useSyncExternalStore } from 'react'

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1_000)
  return () => clearInterval(timer)
}

/** This second, in milliseconds since 1970, as long as it is shown; the first paint has the server's `initial`. */
export function useNow(initial: number): number {
  return useSyncExternalStore(
    everySecond,
    () => Math.floor(Date.now() / 1_000) * 1_000,
    () => initial,
  )
}

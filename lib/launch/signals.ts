const sameKeypressMs = 500

/** Calls `stop` at the first signal, or when the process that started us is gone; a second signal exits at once. */
export function onStopSignal(stop: (signal: string) => void): void {
  let first: number | undefined
  const receive = (signal: string) => {
    const now = Date.now()
    if (first === undefined) {
      first = now
      stop(signal)
      return
    }
    // One Ctrl-C can arrive several times: from the terminal, from npm, and from the bootstrap.
    if (now - first > sameKeypressMs) process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => receive(signal))
  process.on('disconnect', () => receive('disconnect'))
}

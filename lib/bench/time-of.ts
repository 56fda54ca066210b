/** Milliseconds. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export function perSecondOf(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toLocaleString('en')
}

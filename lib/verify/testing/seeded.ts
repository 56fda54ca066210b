/** Whole numbers from 0 up to, not including, `below`: the same ones in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export function oneOf<T>(values: readonly T[], next: (below: number) => number): T {
  const value = values[next(values.length)]
  if (value === undefined) throw new Error('there is nothing to choose from')
  return value
}

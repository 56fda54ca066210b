/** Whole numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number

export const chance = (random: Random, percent: number) => random(10_000) < percent * 100

export const between = (random: Random, from: number, to: number) => from + random(to - from)

/** Null where there is nothing to choose from. */
export const anyOf = <T>(values: readonly T[], random: Random): T | null =>
  values[random(values.length)] ?? null

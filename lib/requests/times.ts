/** The times that can be chosen, in hours before now; any other one is a range of its own. */
export const timeHours = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const

export type Time = keyof typeof timeHours | 'custom'

export const timeNames: Record<Time, string> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  custom: 'Custom range',
}

export const times = Object.keys(timeNames) as Time[]

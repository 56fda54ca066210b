import { parseSort, type SortColumn, sortText } from '@/lib/service-keys/sort'

/** The orders as a list of choices says them. */
export const sortNames: Record<string, string> = {
  '-created': 'Newest first',
  created: 'Oldest first',
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  expires: 'Expires first',
  '-expires': 'Expires last',
  '-lastUsed': 'Last used first',
  lastUsed: 'Unused for longest first',
}

export function sortedBy(sort: string, column: SortColumn): 'ascending' | 'descending' | undefined {
  const asked = parseSort(sort)
  if (asked?.column !== column) return undefined
  return asked.isDescending ? 'descending' : 'ascending'
}

/** The other way round where the list is in that order already, else what most want first: the latest, or A to Z. */
export function toggled(sort: string, column: SortColumn): string {
  const sorted = sortedBy(sort, column)
  const isLatestFirst = column === 'created' || column === 'lastUsed'
  return sortText({ column, isDescending: sorted ? sorted === 'ascending' : isLatestFirst })
}

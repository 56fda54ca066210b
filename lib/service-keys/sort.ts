/** What the list can be in the order of. */
export const sortColumns = ['name', 'expires', 'lastUsed', 'created'] as const
export type SortColumn = (typeof sortColumns)[number]

/**
 * Ascending: by name ignoring case; the soonest expiry first, and what never expires last; never used first, then
 * the longest unused; the oldest first. Descending is the exact reverse.
 */
export type Sort = { column: SortColumn; isDescending: boolean }

export const usualSort: Sort = { column: 'created', isDescending: true }

/** As an address says it: `name`, or `-name` for the reverse. */
export function sortText({ column, isDescending }: Sort): string {
  return isDescending ? `-${column}` : column
}

export const sortTexts = sortColumns.flatMap((column) => [column, `-${column}`])

export function parseSort(text: string): Sort | null {
  const isDescending = text.startsWith('-')
  const column = sortColumns.find((each) => each === (isDescending ? text.slice(1) : text))
  return column ? { column, isDescending } : null
}

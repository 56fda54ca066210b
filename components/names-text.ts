/** "Ann, Ben and 3 others". */
export function namesText(names: readonly string[], count = names.length): string {
  const more = count - names.length
  const all = more > 0 ? [...names, `${more} ${more === 1 ? 'other' : 'others'}`] : names
  if (all.length < 2) return all[0] ?? ''
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

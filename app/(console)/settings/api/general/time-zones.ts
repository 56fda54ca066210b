export type Zone = { name: string; region: string; label: string }

/** "UTC+05:45", as the zone's clocks stand at that moment. */
export function offsetText(timeZone: string, moment: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    moment,
  )
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? ''
  return `UTC${offset || '+00:00'}`
}

/** The place first, so that typing its first letters finds it: "Buenos Aires, Argentina (UTC-03:00)". */
export function zoneOf(name: string, moment: number): Zone {
  const [region = '', ...places] = name.replaceAll('_', ' ').split('/')
  const place = places.length > 0 ? places.toReversed().join(', ') : region
  return { name, region: places.length > 0 ? region : '', label: `${place} (${offsetText(name, moment)})` }
}

/** The zones of each region, both by name; those of no region, such as UTC, come first. */
export function byRegion(zones: readonly Zone[]): [string, Zone[]][] {
  const regions = Map.groupBy(zones, ({ region }) => region)
  return [...regions]
    .map(([region, each]): [string, Zone[]] => [
      region,
      each.toSorted((a, b) => a.label.localeCompare(b.label)),
    ])
    .sort(([a], [b]) => a.localeCompare(b))
}

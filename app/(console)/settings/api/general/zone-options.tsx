'use client'

import { byRegion, type Zone, zoneOf } from './time-zones'

type Props = { zones: Zone[] | null; current: string; now: number }

/** The zone that is set, and all others once the browser has made their list. */
export function ZoneOptions({ zones, current, now }: Props) {
  if (!zones) return <option value={current}>{labelOf(current, now)}</option>
  const isListed = zones.some(({ name }) => name === current)
  return (
    <>
      {!isListed && <option value={current}>{labelOf(current, now)}</option>}
      {byRegion(zones).map(([region, each]) => {
        const options = each.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))
        return region ? (
          <optgroup key={region} label={region}>
            {options}
          </optgroup>
        ) : (
          options
        )
      })}
    </>
  )
}

/** Browsers older than the server's list of zones do not know all of its names. */
function labelOf(name: string, now: number): string {
  try {
    return zoneOf(name, now).label
  } catch {
    return name
  }
}

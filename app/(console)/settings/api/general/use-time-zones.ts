import { useEffect, useState } from 'react'
import { type Zone, zoneOf } from './time-zones'

const atOnce = 20
let known: Zone[] | null = null

/**
 * Every zone that this browser knows. The list is made here, not sent, and in pieces: a clock for each of 400 zones
 * takes a phone about a second. Null until it is whole.
 */
export function useTimeZones(): Zone[] | null {
  const [zones, setZones] = useState(known)
  useEffect(() => {
    if (zones) return
    const names = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
    const made: Zone[] = []
    const makeSome = () => {
      const now = Date.now()
      made.push(...names.slice(made.length, made.length + atOnce).map((name) => zoneOf(name, now)))
      if (made.length < names.length) {
        timer = setTimeout(makeSome, 0)
      } else {
        known = made
        setZones(made)
      }
    }
    let timer = setTimeout(makeSome, 0)
    return () => clearTimeout(timer)
  }, [zones])
  return zones
}

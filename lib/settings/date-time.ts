import { clockOf } from '@/lib/wall-time'

/** How an organization reads its DateTimes (PRODUCT.md, General). */
export type DateTimeFormat = { isoUtcFormat: boolean; timeZone: string }

/**
 * The one serializer of every DateTime in every payload, in whole seconds: `2025-11-23T12:44:11Z`, or the time
 * in the organization's zone without suffix, `2025-11-23T13:44:11`.
 * @param moment milliseconds since 1970
 */
export function dateTimeText(moment: number, { isoUtcFormat, timeZone }: DateTimeFormat): string {
  if (isoUtcFormat) return `${new Date(moment).toISOString().slice(0, 19)}Z`
  const part: Record<string, string> = {}
  for (const { type, value } of clockOf(timeZone).formatToParts(moment)) part[type] = value
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`
}

/** The same for a moment that may not be: null stays null. */
export function dateTimeTextOrNull(moment: number | null, format: DateTimeFormat): string | null {
  return moment === null ? null : dateTimeText(moment, format)
}

/** What a gateway's upstream needs in order to write DateTimes the same way. */
export function dateTimeFormatName({ isoUtcFormat, timeZone }: DateTimeFormat): string {
  return isoUtcFormat ? 'iso-8601-utc' : `local;tz=${timeZone}`
}

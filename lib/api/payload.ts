import { type DateTimeFormat, dateTimeText } from '@/lib/settings/date-time'

/** A payload as a route hands it over: DateTimes are `Date` in it, and text only in what is sent. */
export type Payload<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly Payload<Item>[]
    : T extends object
      ? { [Name in keyof T]: Payload<T[Name]> }
      : T

/** The payload as JSON; every `Date` in it passes through the one serializer, at whatever depth it stands. */
export function payloadJson(payload: object, format: DateTimeFormat): string {
  return JSON.stringify(payload, function (this: Record<string, unknown>, name: string, value: unknown) {
    const original = this[name]
    return original instanceof Date ? dateTimeText(original.getTime(), format) : value
  })
}

/** What another "Replace every" means for the current key, so that it can be said before it is saved. Pure. */
import { graceEnd } from './lifecycle'
import { replaceByInterval, replacementDue, type ScheduledKey } from './schedule'

export type IntervalEffect =
  | { kind: 'never-expires' }
  | { kind: 'same'; due: Date }
  /** Its time has come already: it is replaced as soon as the schedule looks. */
  | { kind: 'at-once'; acceptedUntil: Date }
  | { kind: 'moved'; from: Date; due: Date; acceptedUntil: Date }

export function intervalEffect(key: ScheduledKey, days: number, now: Date): IntervalEffect {
  const from = replacementDue(key)
  const due = replacementDue({ ...key, replaceBy: replaceByInterval(key, days) })
  if (!from || !due) return { kind: 'never-expires' }
  if (due <= now) return { kind: 'at-once', acceptedUntil: graceEnd(key, now) }
  if (due.getTime() === from.getTime()) return { kind: 'same', due }
  return { kind: 'moved', from, due, acceptedUntil: graceEnd(key, due) }
}

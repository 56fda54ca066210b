/**
 * What a verb answers: done with a value, or an expected failure that the screen puts into words.
 * Surprises are thrown instead.
 */
export type Done<T> = { ok: true; value: T }
export type Refusal<R extends string = string, D = unknown> = { ok: false; reason: R; details: D }
export type Outcome<T, R extends Refusal = Refusal> = Done<T> | R

export function done(): Done<undefined>
export function done<T>(value: T): Done<T>
export function done<T>(value?: T): Done<T | undefined> {
  return { ok: true, value }
}

export function refuse<R extends string>(reason: R): Refusal<R, undefined>
export function refuse<R extends string, D>(reason: R, details: D): Refusal<R, D>
export function refuse<R extends string, D>(reason: R, details?: D): Refusal<R, D | undefined> {
  return { ok: false, reason, details }
}

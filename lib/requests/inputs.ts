import { z } from 'zod'
import { outcomes } from './outcome'

export const longestPage = 200
export const usualPage = 50

/** Postgres and JavaScript agree on these years. */
const earliest = Date.UTC(1970, 0, 1)
const latest = Date.UTC(9999, 0, 1)

export const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2025-11-23T12:44:11Z' })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() >= earliest && at.getTime() < latest, 'must be a time from 1970 on')

export const customerRequestIdInput = z
  .string()
  .regex(/^[\x20-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')

export const keyIdInput = z.string().regex(/^key_[0-9A-Za-z]{22}$/, 'must be the id of a key, such as key_…')

export const outcomeInput = z.enum(outcomes, `must be one of ${outcomes.join(', ')}`)

export const cursorInput = z.string().max(400, 'must be a nextCursor of this list')

export const limitInput = z
  .string()
  .regex(/^\d{1,3}$/, `must be a whole number from 1 to ${longestPage}`)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= longestPage, `must be a whole number from 1 to ${longestPage}`)

/** What calls are searched by: all of it must hold. The id is compared exactly; `from` is in, `to` is not. */
export const requestFilter = z.object({
  customerRequestId: customerRequestIdInput.optional(),
  keyId: keyIdInput.optional(),
  outcome: outcomeInput.optional(),
  from: moment.optional(),
  to: moment.optional(),
})

export type RequestFilter = z.output<typeof requestFilter>

/** Whether the time that is asked for ends before it begins. */
export const isBackwards = ({ from, to }: Pick<RequestFilter, 'from' | 'to'>): boolean =>
  from !== undefined && to !== undefined && from >= to

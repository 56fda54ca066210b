import type { z } from 'zod'
import { type Place, parseCursor } from './cursor'
import {
  customerRequestIdInput,
  isBackwards,
  keyIdInput,
  moment,
  outcomeInput,
  type RequestFilter,
} from './inputs'
import { type Time, timeHours, times } from './times'

export type FieldName = 'customerRequestId' | 'keyId' | 'outcome' | 'from' | 'to'

/** What the address of the Requests screen asks for, as it stands in the form. */
export type RequestForm = Record<FieldName, string> & { time: Time }

export type ReadForm = {
  form: RequestForm
  /** What is wrong with a field, in words for the person. */
  problems: Partial<Record<FieldName | 'cursor', string>>
  filter: RequestFilter
  after: Place | null
}

/** Reads the address; blanks around what was pasted are removed, and what is empty is not asked for. Pure. */
export function readForm(parameters: URLSearchParams, now: Date): ReadForm {
  const text = (name: string) => parameters.get(name)?.trim() ?? ''
  const form: RequestForm = {
    customerRequestId: text('customerRequestId'),
    keyId: text('keyId'),
    outcome: text('outcome'),
    time: timeOf(text('time')),
    from: text('from'),
    to: text('to'),
  }
  const problems: ReadForm['problems'] = {}
  function read<T>(name: FieldName, schema: z.ZodType<T>, words: string, given = form[name]): T | undefined {
    if (given === '') return undefined
    const parsed = schema.safeParse(given)
    if (parsed.success) return parsed.data
    problems[name] = words
    return undefined
  }

  const customerRequestId = read(
    'customerRequestId',
    customerRequestIdInput,
    'An ID has 1 to 128 letters, digits and signs of ASCII.',
  )
  const keyId = read('keyId', keyIdInput, 'Choose one of the keys.')
  const outcome = read('outcome', outcomeInput, 'Choose one of the outcomes.')
  const isCustom = form.time === 'custom'
  const from = isCustom ? read('from', moment, 'Enter a date and a time.', withZone(form.from)) : undefined
  const to = isCustom ? read('to', moment, 'Enter a date and a time.', withZone(form.to)) : undefined
  if (isBackwards({ from, to })) problems.to = 'Choose a time after “From”.'
  const cursor = text('cursor')
  const after = cursor === '' ? null : parseCursor(cursor)
  if (cursor !== '' && after === null) problems.cursor = 'This address does not name a page of the list.'
  return {
    form,
    problems,
    filter: { customerRequestId, keyId, outcome, from: from ?? presetStart(form.time, now), to },
    after,
  }
}

function timeOf(text: string): Time {
  return times.find((time) => time === text) ?? 'day'
}

function presetStart(time: Time, now: Date): Date | undefined {
  return time === 'custom' ? undefined : new Date(now.getTime() - timeHours[time] * 3_600_000)
}

/** A browser without scripts sends no zone; the form says then that it is UTC. */
function withZone(text: string): string {
  const [, minutes, seconds = ':00'] = /^(.*T\d\d:\d\d)(:\d\d)?$/.exec(text) ?? []
  return minutes === undefined ? text : `${minutes}${seconds}Z`
}

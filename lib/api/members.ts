import type { IncomingMessage } from 'node:http'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'
import { badJson } from './fault-words'
import { jsonHeadersFault } from './json-body'
import { badRequest, type Problem } from './problem'
import { parseStrictJson } from './strict-json'

/** The members of a body, without the id that the customer may have put among them. */
export type Members = Record<string, unknown>

type Read = { members: Members; customerRequestId: unknown }

/**
 * A body that is a JSON object, or that is not there.
 * @returns null for no body at all
 */
export function readMembers(
  request: IncomingMessage,
  bytes: Buffer,
): Outcome<Read | null, Refusal<'bad-request', Problem>> {
  const bad = (problem: Problem) => refuse('bad-request', problem)
  if (bytes.length === 0) return done(null)
  const fault = jsonHeadersFault(request.rawHeaders)
  if (fault !== null) return bad(badRequest(fault))
  const json = parseStrictJson(bytes)
  if (!json.ok) return bad(badJson(json.reason))
  if (!isObject(json.value)) return bad(badRequest('Body: it must be an object, { … }.'))
  const { customerRequestId, ...members } = json.value
  return done({ members, customerRequestId })
}

export const missingBody = badRequest('Body: it is missing; send a JSON object.')

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

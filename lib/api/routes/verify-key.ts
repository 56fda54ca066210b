import type { z } from 'zod'
import { authenticate, type Caller } from '@/lib/api/authenticate'
import type { Exchange } from '@/lib/api/exchange'
import { badMembers, badQuery } from '@/lib/api/fault-words'
import { missingBody, readMembers } from '@/lib/api/members'
import { jsonHeaders } from '@/lib/api/own-headers'
import { prepared } from '@/lib/api/prepared'
import { type Problem, unavailable } from '@/lib/api/problem'
import { parseQuery } from '@/lib/api/query'
import { readyHead } from '@/lib/api/ready-head'
import { withBody } from '@/lib/api/whole-body'
import type { Code } from '@/lib/verify/code'
import { verify } from '@/lib/verify/verifier'
import { type KeyData, verifyInput } from './schemas'

type Question = z.infer<typeof verifyInput>

const verdictHead = readyHead(jsonHeaders)

/**
 * `POST /v1/keys:verify`: a platform's service asks about a key that somebody showed it. 200 for every
 * well-formed question; a key of another organization is not found.
 */
export function answerVerifyKey(exchange: Exchange): null {
  return withBody(exchange, (bytes) => answer(exchange, bytes))
}

function answer(exchange: Exchange, bytes: Buffer): Problem | null {
  const body = readMembers(exchange.request, bytes)
  const parameters = parseQuery(exchange.query, ['customerRequestId'])
  const field = body.ok ? body.value?.customerRequestId : undefined

  const caller = authenticate(exchange, exchange.method, field)
  if (caller.problem) return caller.problem
  if (!parameters.ok) return badQuery(parameters)
  if (!body.ok) return body.details
  if (body.value === null) return missingBody
  const question = verifyInput.safeParse(body.value.members)
  if (!question.success) return badMembers(question.error)
  const data = ask(exchange, caller, question.data)
  if (data === null) return unavailable
  exchange.send(verdictHead, `{"data":${data},"meta":{"requestId":"${exchange.requestId}"}}`)
  return null
}

/** The verdict as JSON; null when the list cannot say. */
function ask(exchange: Exchange, caller: Caller, question: Question): string | null {
  const { api, headers } = exchange
  const { key: token, method = null, address = null } = question
  const now = api.now()
  const verdict = verify(api.source, api.recognizer, token, { method, address, now })
  if (verdict.code === 'UNAVAILABLE') return null
  if (verdict.code === 'MALFORMED') return withoutKey('MALFORMED')
  const { code, key } = verdict
  const isOwn = key !== null && key.deletedAt === null && key.organization.id === caller.key.organization.id
  if (!isOwn) return withoutKey('NOT_FOUND')
  if (!isForSilence(code, question)) {
    // Where the question does not say from where the key was used, it is from where it was asked about.
    const from = address ?? exchange.address
    api.lastUsed.record(key, { code, address: from, userAgent: headers.userAgent, at: now })
  }
  const { keyJson } = prepared(key, now)
  return code === 'VALID'
    ? keyJson
    : JSON.stringify({ ...JSON.parse(keyJson), valid: false, code } as KeyData)
}

/** A refusal for what the question left open is no fact about the call that the key came with. */
function isForSilence(code: Code, { method, address }: Question): boolean {
  return (
    (code === 'IP_DENIED' && address === undefined) ||
    (code === 'INSUFFICIENT_ACCESS' && method === undefined)
  )
}

function withoutKey(code: Code): string {
  const data: KeyData = {
    valid: false,
    code,
    keyId: null,
    organizationId: null,
    name: null,
    serviceUser: null,
    accessLevel: null,
    expiresAt: null,
    graceEndsAt: null,
  }
  return JSON.stringify(data)
}

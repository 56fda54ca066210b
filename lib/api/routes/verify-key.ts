import type { z } from 'zod'
import { authenticate, type Caller } from '@/lib/api/authenticate'
import type { Exchange } from '@/lib/api/exchange'
import { badJson, badQuery } from '@/lib/api/fault-words'
import { jsonHeadersFault } from '@/lib/api/json-body'
import { jsonHeaders } from '@/lib/api/own-headers'
import { prepared } from '@/lib/api/prepared'
import { badRequest, type Problem, unavailable } from '@/lib/api/problem'
import { parseQuery } from '@/lib/api/query'
import { readyHead } from '@/lib/api/ready-head'
import { parseStrictJson } from '@/lib/api/strict-json'
import { withBody } from '@/lib/api/whole-body'
import { done, type Outcome, type Refusal, refuse } from '@/lib/outcome'
import type { Code } from '@/lib/verify/decide'
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
  const question = readQuestion(exchange, bytes)
  const parameters = parseQuery(exchange.query, ['customerRequestId'])
  const field = question.ok ? question.value.customerRequestId : undefined

  const caller = authenticate(exchange, exchange.method, field)
  if (caller.problem) return caller.problem
  if (!parameters.ok) return badQuery(parameters)
  if (!question.ok) return question.details
  const data = ask(exchange, caller, question.value)
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
  // Where the question does not say from where the key was used, it is from where it was asked about.
  const from = address ?? exchange.address
  api.lastUsed.record(key, { code, address: from, userAgent: headers.userAgent, at: now })
  const { keyJson } = prepared(key, now)
  return code === 'VALID'
    ? keyJson
    : JSON.stringify({ ...JSON.parse(keyJson), valid: false, code } as KeyData)
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

function readQuestion(exchange: Exchange, bytes: Buffer): Outcome<Question, Refusal<'bad-request', Problem>> {
  const fault = jsonHeadersFault(exchange.request.rawHeaders)
  if (fault !== null) return refuse('bad-request', badRequest(fault))
  const json = parseStrictJson(bytes)
  if (!json.ok) return refuse('bad-request', badJson(json.reason))
  const parsed = verifyInput.safeParse(json.value)
  if (parsed.success) return done(parsed.data)
  const [issue] = parsed.error.issues
  const at = issue?.path.join('.') || 'top level'
  return refuse('bad-request', badRequest(`Body: ${at}: ${issue?.code ?? 'invalid'}.`))
}

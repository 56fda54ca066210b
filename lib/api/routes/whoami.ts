import { authenticate } from '@/lib/api/authenticate'
import type { Exchange } from '@/lib/api/exchange'
import { badQuery } from '@/lib/api/fault-words'
import { prepared } from '@/lib/api/prepared'
import type { Problem } from '@/lib/api/problem'
import { parseQuery } from '@/lib/api/query'

/** `GET /v1/whoami`: what the caller's own key is, and until when. */
export function answerWhoami(exchange: Exchange): Problem | null {
  const caller = authenticate(exchange, exchange.method)
  if (caller.problem) return caller.problem
  const parameters = parseQuery(exchange.query, ['customerRequestId'])
  if (!parameters.ok) return badQuery(parameters)
  const { whoamiJson, whoamiHead } = prepared(caller.key, caller.now)
  exchange.send(whoamiHead, `{"data":${whoamiJson},"meta":{"requestId":"${exchange.requestId}"}}`)
  return null
}

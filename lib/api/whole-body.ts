import { readBody } from './body'
import type { Exchange } from './exchange'
import { bodyTooLarge, type Problem } from './problem'

/** Of every body but an upload's. */
export const bodyLimitBytes = 16_384

/** Calls `answer` with the body once all of it is there, and answers with what it says is wrong. */
export function withBody(exchange: Exchange, answer: (bytes: Buffer) => Problem | null): null {
  readBody(exchange.request, bodyLimitBytes, (body) => {
    try {
      if (!body.ok && body.reason === 'aborted') exchange.abort()
      else {
        const problem = body.ok
          ? answer(body.value)
          : bodyTooLarge(bodyLimitBytes, body.details.receivedBytes)
        if (problem) exchange.problem(problem)
      }
    } catch (error) {
      exchange.fail(error)
    }
  })
  return null
}

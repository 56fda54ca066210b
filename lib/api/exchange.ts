import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import type { Logger } from 'pino'
import type { CallRecord } from '@/lib/call-log/call-record'
import { holdsToken } from '@/lib/keys/holds-token'
import { defaultRequestIdHeader } from '@/lib/settings/request-id-header'
import type { KeyEntry } from '@/lib/verify/entries'
import type { Api } from './api'
import type { CallHeaders } from './call-headers'
import { callingKey } from './calling-key'
import { endUnread, isUnread } from './last-words'
import { jsonHeaders, ownHeaderNames, pageHeaders, problemHeaders } from './own-headers'
import { payloadJson } from './payload'
import { internalError, type Problem, problemJson } from './problem'
import { type ReadyHead, sendReady, withHeader } from './ready-head'
import { type CustomerRequestId, findCustomerRequestId, newRequestId } from './request-id'

/** One request and its answer: who it is from, what it is called in the log, and how it ends. */
export class Exchange {
  readonly requestId = newRequestId()
  readonly startedAt = performance.now()

  /** As the log shows them; a gateway's question is logged under the call that it is about. */
  method: string
  path: string

  readonly query: string
  /** In which the customer's id may stand; a gateway's question carries the query string of the call. */
  customerQuery: string

  code: string | null = null
  key: KeyEntry | null = null

  /** A load balancer asks about us: no call of the API. */
  isProbe = false

  /** Undefined: not looked for yet. */
  #customerId: CustomerRequestId | null | undefined
  #log: Logger | undefined
  #isLogged = false

  constructor(
    readonly api: Api,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly headers: CallHeaders,
    readonly address: string,
    path: string,
    query: string,
  ) {
    this.method = request.method ?? ''
    this.path = path
    this.query = query
    this.customerQuery = query
  }

  /** For every line about this request; carries both ids. */
  get log(): Logger {
    if (this.#customerId === undefined) this.takeCustomerRequestId()
    this.#log ??= this.api.log.child({
      requestId: this.requestId,
      ...(this.#customerId ? { customerRequestId: this.#customerId.value } : {}),
    })
    return this.#log
  }

  /**
   * Takes the customer's id from the header that the organization named, else from the query string, else from
   * `field` of the body. Call it whenever the organization or the field becomes known.
   */
  takeCustomerRequestId(field?: unknown): void {
    const wanted = this.key?.organization.requestIdHeader ?? defaultRequestIdHeader
    this.#customerId = findCustomerRequestId(this.request.rawHeaders, wanted, this.customerQuery, field)
    this.#log = undefined
  }

  /** 200 with the lines of `head`, the ids of the request and `body`. */
  send(head: ReadyHead, body: string): void {
    // Nothing below would refuse a second answer: it would be an error that nobody hears, and end the process.
    if (this.response.headersSent) return
    let all = withHeader(head, 'X-Request-Id', this.requestId)
    const customerId = this.#echoedId()
    if (customerId !== null) all = withHeader(all, customerId.name, customerId.value)
    if (this.api.draining) this.response.shouldKeepAlive = false
    sendReady(this.response, all, body)
    this.#logCall(200)
  }

  /** `data` in its envelope; every `Date` in it takes the form that the caller's organization wants. */
  answer(
    status: 200 | 201,
    data: unknown,
    meta: object = {},
    headers: readonly (readonly [name: string, value: string])[] = [],
  ): void {
    const { key } = this
    if (key === null) throw new Error('an answer to nobody')
    const body = payloadJson({ data, meta: { requestId: this.requestId, ...meta } }, key.organization)
    this.#end(status, [...jsonHeaders, ...headers].flat(), body)
  }

  problem(problem: Problem): void {
    if (this.response.headersSent) return
    this.#noteCaller()
    // A verdict is more exact than what a stranger hears of it; a valid key says nothing about why it failed.
    if (this.code === null || this.code === 'VALID') this.code = problem.code
    const headers = [...problemHeaders.flat(), ...(problem.headers ?? [])]
    this.#end(problem.status, headers, problemJson(problem, this.requestId))
  }

  /** Bytes that are read while they are sent, no faster than the client takes them; none with 304. */
  async stream(
    status: 200 | 304,
    headers: readonly [string, string][],
    lengthBytes: number,
    pieces: AsyncIterable<Buffer>,
  ): Promise<void> {
    this.#writeHead(status, [...pageHeaders, ...headers].flat(), lengthBytes)
    try {
      if (status === 304 || this.request.method === 'HEAD') this.response.end()
      else await pipeline(pieces, this.response)
      this.#logCall(status)
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
      this.abort()
    }
  }

  /** Answers with what a fetch-style handler made. */
  answerWith(made: Response | Promise<Response>): void {
    Promise.resolve(made)
      .then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer())
        const page = pageHeaders.filter(([name]) => !answer.headers.has(name))
        this.takeCustomerRequestId()
        this.#end(answer.status, [...page.flat(), ...[...answer.headers].flat()], body)
      })
      .catch((error) => this.fail(error))
  }

  /** A surprise: the cause goes to the log, the caller gets the id to find it by. */
  fail(error: unknown): void {
    this.log.error({ err: error }, 'request failed')
    if (!this.response.headersSent) {
      this.problem(internalError)
      return
    }
    this.response.destroy()
    this.code = internalError.code
    this.#logCall(internalError.status)
  }

  /** The caller left before it was answered. */
  abort(): void {
    this.#noteCaller()
    this.code = 'ABORTED'
    this.#logCall(499)
  }

  /** Refused, or left, before anybody asked who calls: the owner's log is to show it all the same. */
  #noteCaller(): void {
    if (this.#customerId !== undefined) return
    this.key = callingKey(this.api, this.headers, this.address)
    this.takeCustomerRequestId()
  }

  #end(status: number, headers: readonly string[], body: string | Buffer): void {
    if (this.response.destroyed) {
      this.abort()
      return
    }
    const isLast = isUnread(this.request)
    const all = isLast ? [...headers, 'Connection', 'close'] : headers
    this.#writeHead(status, all, Buffer.byteLength(body))
    if (isLast) endUnread(this.request, this.response, body)
    else this.response.end(body)
    this.#logCall(status)
  }

  #writeHead(status: number, headers: readonly string[], lengthBytes: number): void {
    const customerId = this.#echoedId()
    this.response.writeHead(status, [
      ...headers,
      ...['Content-Length', String(lengthBytes), 'X-Request-Id', this.requestId],
      ...(customerId === null ? [] : [customerId.name, customerId.value]),
      ...(this.api.draining ? ['Connection', 'close'] : []),
    ])
  }

  #logCall(status: number): void {
    const { calls } = this.api
    if (this.#isLogged || calls === null) return
    this.#isLogged = true
    const call: CallRecord = {
      at: Date.now(),
      id: this.requestId,
      customerRequestId: this.#customerId?.value ?? null,
      key: this.key,
      code: this.code ?? 'OK',
      status,
      method: this.method,
      path: holdsToken(this.path) ? '[token]' : this.path,
      address: this.address,
      durationUs: Math.round((performance.now() - this.startedAt) * 1000),
    }
    // A call without a key belongs to no organization, which alone could find it: strangers would only fill the disk.
    calls.record(call, call.key !== null && !this.isProbe)
  }

  #echoedId(): CustomerRequestId | null {
    const id = this.#customerId ?? null
    return id !== null && !ownHeaderNames.has(id.name.toLowerCase()) ? id : null
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import { defaultRequestIdHeader } from '@/lib/settings/request-id-header'
import type { KeyEntry } from '@/lib/verify/entries'
import { accessLine } from './access-line'
import type { Api } from './api'
import { type CallHeaders, findHeader } from './call-headers'
import { jsonHeaders, ownHeaderNames, pageHeaders, problemHeaders } from './own-headers'
import { payloadJson } from './payload'
import { internalError, type Problem, problemJson } from './problem'
import { holdsToken } from './query'
import { type ReadyHead, sendReady, withHeader } from './ready-head'
import { customerRequestId, newRequestId } from './request-id'

/** One request and its answer: who it is from, what it is called in the log, and how it ends. */
export class Exchange {
  readonly requestId = newRequestId()
  readonly startedAt = performance.now()

  /** As the log shows them; a gateway's question is logged under the call that it is about. */
  method: string
  path: string

  code: string | null = null
  key: KeyEntry | null = null

  #customerId: { name: string; value: string } | null = null
  #customerIdTaken = false
  #log: Logger | undefined

  constructor(
    readonly api: Api,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly headers: CallHeaders,
    readonly address: string,
    path: string,
    readonly query: string,
  ) {
    this.method = request.method ?? ''
    this.path = path
  }

  /** For every line about this request; carries both ids. */
  get log(): Logger {
    this.#log ??= this.api.log.child({
      requestId: this.requestId,
      customerRequestId: this.#customerId?.value,
    })
    return this.#log
  }

  /**
   * Takes the customer's id from the header that the organization named, else from the parameter; the header
   * wins. Call it as soon as the organization is known, or known to stay unknown.
   */
  takeCustomerRequestId(parameter?: unknown): void {
    this.#customerIdTaken = true
    const wanted = this.key?.organization.requestIdHeader ?? defaultRequestIdHeader
    const header = findHeader(this.request.rawHeaders, wanted)
    const fromHeader = header && customerRequestId(header.value)
    if (header && fromHeader !== null) this.#customerId = { name: header.name, value: fromHeader as string }
    else {
      const fromParameter = customerRequestId(parameter)
      this.#customerId = fromParameter === null ? null : { name: wanted, value: fromParameter }
    }
    this.#log = undefined
  }

  /** 200 with the lines of `head`, the ids of the request and `body`. */
  send(head: ReadyHead, body: string): void {
    let all = withHeader(head, 'X-Request-Id', this.requestId)
    const customerId = this.#echoedId()
    if (customerId !== null) all = withHeader(all, customerId.name, customerId.value)
    if (this.api.draining) this.response.shouldKeepAlive = false
    sendReady(this.response, all, body)
    this.logCall(200)
  }

  /** `data` in its envelope; every `Date` in it takes the form that the caller's organization wants. */
  answer(status: 200 | 201, data: unknown, meta: object = {}): void {
    const { key } = this
    if (key === null) throw new Error('an answer to nobody')
    const body = payloadJson({ data, meta: { requestId: this.requestId, ...meta } }, key.organization)
    this.#writeHead(status, jsonHeaders.flat(), Buffer.byteLength(body))
    this.response.end(body)
    this.logCall(status)
  }

  problem(problem: Problem): void {
    if (this.response.headersSent) return
    if (!this.#customerIdTaken) this.takeCustomerRequestId()
    this.code ??= problem.code
    const body = problemJson(problem, this.requestId)
    const all = [...problemHeaders.flat(), ...(problem.headers ?? [])]
    this.#writeHead(problem.status, all, Buffer.byteLength(body))
    this.response.end(body)
    this.logCall(problem.status)
  }

  /** Answers with what a fetch-style handler made. */
  answerWith(made: Response | Promise<Response>): void {
    Promise.resolve(made)
      .then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer())
        this.takeCustomerRequestId()
        const headers = [...pageHeaders.flat(), ...[...answer.headers].flat()]
        this.#writeHead(answer.status, headers, body.length)
        this.response.end(body)
        this.logCall(answer.status)
      })
      .catch((error) => this.fail(error))
  }

  /** A surprise: the cause goes to the log, the caller gets the id to find it by. */
  fail(error: unknown): void {
    this.log.error({ err: error }, 'request failed')
    if (this.response.headersSent) this.response.destroy()
    else this.problem(internalError)
  }

  logCall(status: number): void {
    const { access } = this.api
    if (access === null) return
    const line = accessLine(Date.now(), {
      requestId: this.requestId,
      customerRequestId: this.#customerId?.value,
      keyId: this.key?.id,
      organizationId: this.key?.organization.id,
      code: this.code,
      status,
      method: this.method,
      path: holdsToken(this.path) ? '[token]' : this.path,
      address: this.address,
      durationMs: Math.round((performance.now() - this.startedAt) * 1000) / 1000,
    })
    access(line)
  }

  #writeHead(status: number, headers: readonly string[], length: number): void {
    const customerId = this.#echoedId()
    this.response.writeHead(status, [
      ...headers,
      ...['Content-Length', String(length), 'X-Request-Id', this.requestId],
      ...(customerId === null ? [] : [customerId.name, customerId.value]),
      ...(this.api.draining ? ['Connection', 'close'] : []),
    ])
  }

  #echoedId(): { name: string; value: string } | null {
    const id = this.#customerId
    return id !== null && !ownHeaderNames.has(id.name.toLowerCase()) ? id : null
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import type { KeyEntry } from '@/lib/verify/entries'
import type { Api } from './api'
import { type CallHeaders, findHeader } from './call-headers'
import { ownHeaders } from './prepared'
import { internalError, type Problem, problemJson } from './problem'
import { holdsToken } from './query'
import { customerRequestId, newRequestId } from './request-id'

const defaultRequestIdHeader = 'X-Customer-Request-Id'

const commonHeaders = ['X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'no-referrer'] as const
const contentPolicy = "default-src 'none'; frame-ancestors 'none'"
const pageHeaders = [...commonHeaders, 'Content-Security-Policy', contentPolicy] as const
const jsonHeaders = [...pageHeaders, 'Cache-Control', 'no-store', 'Content-Type', 'application/json'] as const
const problemHeaders = [
  ...pageHeaders,
  'Cache-Control',
  'no-store',
  'Content-Type',
  'application/problem+json',
] as const

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

  /** @param headers complete but for the ids: name, value, name, value … */
  allow(headers: readonly string[]): void {
    const all = headers.slice()
    this.#pushIds(all)
    this.response.writeHead(200, all)
    this.response.end()
    this.logCall(200)
  }

  json(status: number, body: string, headers: readonly string[] = []): void {
    const all: string[] = [...jsonHeaders, ...headers, 'Content-Length', String(Buffer.byteLength(body))]
    this.#pushIds(all)
    this.response.writeHead(status, all)
    this.response.end(body)
    this.logCall(status)
  }

  problem(problem: Problem): void {
    if (this.response.headersSent) return
    if (!this.#customerIdTaken) this.takeCustomerRequestId()
    this.code ??= problem.code
    const body = problemJson(problem, this.requestId)
    const all: string[] = [
      ...problemHeaders,
      ...(problem.headers ?? []),
      'Content-Length',
      String(Buffer.byteLength(body)),
    ]
    this.#pushIds(all)
    this.response.writeHead(problem.status, all)
    this.response.end(body)
    this.logCall(problem.status)
  }

  /** Answers with what a fetch-style handler made. */
  answerWith(made: Response | Promise<Response>): void {
    Promise.resolve(made)
      .then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer())
        const headers: string[] = [...pageHeaders, ...[...answer.headers].flat()]
        headers.push('Content-Length', String(body.length))
        this.takeCustomerRequestId()
        this.#pushIds(headers)
        this.response.writeHead(answer.status, headers)
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
    const { log } = this.api
    if (!log.isLevelEnabled('info')) return
    log.info(
      {
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
      },
      'request',
    )
  }

  #pushIds(headers: string[]): void {
    headers.push('X-Request-Id', this.requestId)
    const customerId = this.#customerId
    if (customerId !== null && !ownHeaders.has(customerId.name.toLowerCase()))
      headers.push(customerId.name, customerId.value)
    if (this.api.draining) headers.push('Connection', 'close')
  }
}

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { chance, type Random } from './facts/random'
import { day } from './facts/world'

/** For how long it says nothing where a request is to time out. */
const silenceMs = 1_000

export type TakenMail = { key: string; to: string; phase: number }
type Weather = 'fair' | 'slow' | 'out'

/**
 * A mail service as Resend is: it honours idempotency keys for a day, and in slow weather lets every twentieth
 * request time out, half of those after it has taken the mail. Out of order it takes nothing.
 */
export class Sink {
  weather: Weather = 'fair'
  /** The simulated time, and when in the order of things. */
  now = 0
  phase = 0
  readonly taken: TakenMail[] = []
  readonly counts = { requests: 0, lostBefore: 0, lostAfter: 0, repeated: 0, conflicts: 0, refused: 0 }
  /** Called when a mail was taken and its sender does not know yet. */
  onTaken: (apiKey: string) => void = () => {}
  readonly #known = new Map<string, { digest: string; at: number }>()

  private constructor(
    readonly server: Server,
    readonly random: Random,
  ) {}

  static async start(random: Random): Promise<Sink> {
    const server = createServer((request, response) => {
      // A killed worker hangs up in the middle of a word.
      sink.#receive(request, response).catch(() => response.destroy())
    })
    const sink = new Sink(server, random)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return sink
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** What went wrong on the way so far; a step in which this grows has mails to send again. */
  get troubles(): number {
    const { lostBefore, lostAfter, refused } = this.counts
    return lostBefore + lostAfter + refused
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    this.counts.requests++
    if (this.weather === 'out') {
      this.counts.refused++
      return answer(response, 500, { statusCode: 500, name: 'application_error', message: 'out of order' })
    }
    const isSlow = this.weather === 'slow' && chance(this.random, 5)
    if (isSlow && chance(this.random, 50)) {
      this.counts.lostBefore++
      return silence(response)
    }
    const [status, said] = this.#take(body, String(request.headers['idempotency-key'] ?? ''))
    this.onTaken(request.headers.authorization?.slice('Bearer '.length) ?? '')
    if (!isSlow) return answer(response, status, said)
    this.counts.lostAfter++
    silence(response)
  }

  #take(body: string, key: string): [number, object] {
    const digest = createHash('sha256').update(body).digest('base64')
    const known = this.#known.get(key)
    if (known && this.now - known.at < day) {
      this.counts.repeated++
      if (known.digest === digest) return [200, { id: key }]
      this.counts.conflicts++
      return [409, { statusCode: 409, name: 'invalid_idempotent_request', message: 'other body' }]
    }
    this.#known.set(key, { digest, at: this.now })
    const { to } = JSON.parse(body) as { to: string | string[] }
    this.taken.push({ key, to: [to].flat().join(), phase: this.phase })
    return [200, { id: key }]
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** The sender loses patience first. */
function silence(response: ServerResponse): void {
  setTimeout(() => response.destroy(), silenceMs)
}

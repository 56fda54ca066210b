import net from 'node:net'
import { performance } from 'node:perf_hooks'

export type Load = { requestsPerSecond: number; requests: number; latenciesMs: Float64Array }

export type LoadOptions = {
  port: number
  connections: number
  /** At first nothing is counted for so long: caches and branch predictors belong to whoever ran before. */
  settleMs: number
  /** Counts for so many milliseconds, or until `requests` has no more. */
  durationMs: number
  /** The next request's bytes; null when there is none left. */
  requests: () => Buffer | null
}

const mostSamples = 1_000_000

/**
 * Keeps `connections` requests running over keep-alive sockets. It is written to cost less than any server it
 * measures: no HTTP library, and an answer of the same length as the first one is not looked into.
 * @throws when an answer is not a 200 or a connection ends
 */
export function load({ port, connections, settleMs, durationMs, requests }: LoadOptions): Promise<Load> {
  return new Promise((resolve, reject) => {
    const samples = new Float64Array(mostSamples)
    const sockets: net.Socket[] = []
    let answered = 0
    let uncounted = 0
    let running = 0
    let countedFrom = 0
    let endedAt = 0
    let usualLength = -1

    const end = () => {
      endedAt = performance.now()
      for (const socket of sockets) socket.destroy()
      const requestsPerSecond = (answered / (endedAt - countedFrom)) * 1000
      const latenciesMs = samples.slice(0, Math.min(answered, mostSamples))
      resolve({ requestsPerSecond, requests: answered + uncounted, latenciesMs })
    }

    const open = () => {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
      sockets.push(socket)
      let sentAt = 0
      let partial: Buffer | null = null
      const send = (now: number) => {
        const request = now - countedFrom < durationMs ? requests() : null
        if (request === null) {
          running -= 1
          if (running === 0) end()
          return
        }
        sentAt = now
        socket.write(request)
      }
      socket.on('data', (chunk: Buffer) => {
        const answer: Buffer = partial ? Buffer.concat([partial, chunk]) : chunk
        if (answer.length !== usualLength) {
          const length = lengthOfAnswer(answer)
          if (length === null || answer.length < length) {
            partial = answer
            return
          }
          usualLength = length
        }
        partial = null
        if (answer.toString('latin1', 9, 12) !== '200') {
          fail(new Error(`port ${port} answered: ${answer.toString('latin1').slice(0, 400)}`))
          return
        }
        const now = performance.now()
        if (now >= countedFrom) {
          if (answered < mostSamples) samples[answered] = now - sentAt
          answered += 1
        } else uncounted += 1
        send(now)
      })
      socket.on('error', fail)
      socket.on('close', () => {
        if (endedAt === 0) fail(new Error(`port ${port} closed a connection`))
      })
      return new Promise<(now: number) => void>((connected) => socket.once('connect', () => connected(send)))
    }

    const fail = (error: Error) => {
      endedAt ||= performance.now()
      for (const socket of sockets) socket.destroy()
      reject(error)
    }

    Promise.all(Array.from({ length: connections }, open)).then((senders) => {
      const now = performance.now()
      countedFrom = now + settleMs
      running = connections
      for (const send of senders) send(now)
    }, fail)
  })
}

/** Bytes of head and body; null while the head is not complete. */
function lengthOfAnswer(answer: Buffer): number | null {
  const end = answer.indexOf('\r\n\r\n')
  if (end === -1) return null
  const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, end))?.[1]
  return end + 4 + Number(length ?? 0)
}

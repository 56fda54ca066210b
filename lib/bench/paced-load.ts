import net from 'node:net'
import { performance } from 'node:perf_hooks'

/** What the parent says first, and then once for each time that is measured. */
export type PacedLoadStart = { port: number; perSecond: number; requests: readonly string[] }
export type PacedLoadTime = { durationMs: number }
/** From the moment at which each call was to be sent: one that waits for another is no faster for it. */
export type PacedLoadAnswer = { latenciesMs: number[] }

const connections = 32

/**
 * A process of its own that calls at a constant pace, however long the answers take, so that a server that stands
 * still for a moment is seen to do so by every call that was due meanwhile.
 */
process.once('message', ({ port, perSecond, requests: texts }: PacedLoadStart) => {
  const requests = texts.map((text) => Buffer.from(text, 'latin1'))
  process.on('message', async ({ durationMs }: PacedLoadTime) => {
    const lines = await Promise.all(Array.from({ length: connections }, () => open(port)))
    const latenciesMs = await callFor(lines, requests, durationMs, 1000 / perSecond)
    for (const line of lines) line.close()
    process.send?.({ latenciesMs } satisfies PacedLoadAnswer)
  })
  process.send?.('ready')
})

type Line = { call(request: Buffer): Promise<void>; close(): void }

function callFor(
  lines: readonly Line[],
  requests: readonly Buffer[],
  durationMs: number,
  everyMs: number,
): Promise<number[]> {
  const count = Math.floor(durationMs / everyMs)
  const latencies: number[] = []
  const free = [...lines]
  const startedAt = performance.now()
  let next = 0
  return new Promise((resolve) => {
    const sendDue = () => {
      while (next < count && startedAt + next * everyMs <= performance.now()) {
        const line = free.pop()
        if (!line) return
        const dueAt = startedAt + next * everyMs
        const request = requests[next++ % requests.length] ?? Buffer.alloc(0)
        line.call(request).then(() => {
          latencies.push(performance.now() - dueAt)
          free.push(line)
          if (latencies.length === count) {
            clearInterval(timer)
            resolve(latencies)
          } else sendDue()
        })
      }
    }
    const timer = setInterval(sendDue, 1)
  })
}

/** A keep-alive connection on which one call runs at a time. A refusal ends the process. */
async function open(port: number): Promise<Line> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve) => socket.once('connect', resolve))
  let text = ''
  let answered = () => {}
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
    const headEnd = text.indexOf('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (headEnd === -1 || text.length < headEnd + 4 + length) return
    if (!text.startsWith('HTTP/1.1 200')) throw new Error(`port ${port} answered: ${text.slice(0, 400)}`)
    text = ''
    answered()
  })
  return {
    call(request) {
      return new Promise((resolve) => {
        answered = resolve
        socket.write(request)
      })
    },
    close: () => socket.destroy(),
  }
}

import { connect } from 'node:net'

export type RawAnswer = { status: number; head: string; headers: Map<string, string>; body: string }

/**
 * Sends bytes as they are and reads until the server has answered and closed, or has been silent for a moment:
 * for what no HTTP client would send.
 */
export function sendRaw(
  port: number,
  parts: string | readonly string[],
  silenceMs = 300,
  /** The address that it comes from, of the loopback network. */
  localAddress = '127.0.0.1',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    let text = ''
    let timer: NodeJS.Timeout | undefined
    const done = () => {
      clearTimeout(timer)
      socket.destroy()
      const end = text.indexOf('\r\n\r\n')
      const head = text.slice(0, end === -1 ? text.length : end)
      const lines = head.split('\r\n').slice(1)
      resolve({
        status: Number(head.slice(9, 12)),
        head,
        headers: new Map(
          lines.map((line) => [
            line.slice(0, line.indexOf(':')).toLowerCase(),
            line.slice(line.indexOf(':') + 2),
          ]),
        ),
        body: end === -1 ? '' : text.slice(end + 4),
      })
    }
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      clearTimeout(timer)
      timer = setTimeout(done, silenceMs)
    })
    socket.on('close', done)
    socket.on('error', (error) => (text === '' ? reject(error) : done()))
    for (const part of typeof parts === 'string' ? [parts] : parts) socket.write(part, 'latin1')
  })
}

/** A request with a Host, without a body, whose connection ends with it. */
export function sendRequest(
  port: number,
  line: string,
  headers: readonly string[] = [],
  localAddress?: string,
): Promise<RawAnswer> {
  return sendRaw(
    port,
    `${line} HTTP/1.1\r\n${['Host: localhost', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`,
    undefined,
    localAddress,
  )
}

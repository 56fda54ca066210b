import { type AddressInfo, createServer, type Socket } from 'node:net'

export type ReceivedMail = { from: string; recipients: string[]; data: string }

export type TestSmtp = {
  /** For SMTP_URL. */
  url: string
  /** What was handed over, in order. */
  received: ReceivedMail[]
  /** Whether it refuses every mail. */
  isRefusing: boolean
  close(): void
}

/** As much of SMTP as it takes to be handed a mail. */
export async function startSmtp(): Promise<TestSmtp> {
  const server = createServer((socket) => talk(socket, smtp))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    isRefusing: false,
    close: () => server.close(),
  }
  return smtp
}

function talk(socket: Socket, smtp: TestSmtp): void {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let [from, recipients, data] = ['', [] as string[], null as string | null]
  let rest = ''
  say('220 mail.example.com')
  socket.on('error', () => {})
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (data !== null && line !== '.') data += `${line}\n`
      else if (data !== null) {
        smtp.received.push({ from, recipients, data })
        data = null
        say('250 taken')
      } else if (/^EHLO/.test(line)) say('250 mail.example.com')
      else if (smtp.isRefusing) say('550 no')
      else if (/^MAIL/.test(line)) {
        ;[from, recipients] = [line, []]
        say('250 ok')
      } else if (/^RCPT/.test(line)) {
        recipients.push(line)
        say('250 ok')
      } else if (/^DATA/.test(line)) {
        data = ''
        say('354 go on')
      } else socket.end('221 bye\r\n')
    }
  })
}

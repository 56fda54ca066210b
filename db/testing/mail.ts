import { createServer, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mailboxServer } from '@/lib/launch/mailbox/server'
import { MailStore, type Message } from '@/lib/launch/mailbox/store'

/**
 * How the server takes mails: `up` as the real one, `refusing` with an error, `rejecting` the mail itself, `busy` by
 * asking for fewer, `closed` to an API key that it does not know, `dead` by hanging up; `deaf` never answers, and
 * `mute` neither, but takes the mail.
 */
export type Mood = 'up' | 'refusing' | 'rejecting' | 'busy' | 'closed' | 'dead' | 'deaf' | 'mute'

export type TestMail = {
  /** For RESEND_BASE_URL: mails come here through the real SDK. */
  url: string
  /** Asked anew for each mail where it is a function. */
  mood: Mood | (() => Mood)
  /** How often somebody handed a mail over. */
  asked: number
  /** Mails to an address, newest first. */
  to(address: string): Message[]
  /** The code in the newest mail to an address. */
  code(address: string): string
  close(): Promise<void>
}

const refusals = {
  refusing: { status: 500, name: 'application_error' },
  rejecting: { status: 422, name: 'validation_error' },
  busy: { status: 429, name: 'rate_limit_exceeded' },
  closed: { status: 403, name: 'invalid_api_key' },
}

/** The demo's mailbox on a port of its own, which can also be out of order. */
export async function startMail(): Promise<TestMail> {
  const store = new MailStore(undefined)
  const mailbox = mailboxServer(store)
  const server = createServer((request, response) => {
    mail.asked++
    const mood = typeof mail.mood === 'function' ? mail.mood() : mail.mood
    if (mood === 'dead') request.socket.destroy()
    else if (mood === 'mute') mailbox.emit('request', request, new ServerResponse(request))
    else if (mood === 'up') mailbox.emit('request', request, response)
    else if (mood !== 'deaf') {
      const { status, name } = refusals[mood]
      response.writeHead(status, { 'retry-after': '0.05' })
      response.end(JSON.stringify({ statusCode: status, name, message: `no: ${mood}` }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const mail: TestMail = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'up',
    asked: 0,
    to: (address) => store.list(address),
    code(address) {
      const found = /^\d{6}$/m.exec(store.list(address)[0]?.text ?? '')
      if (!found) throw new Error(`no code was sent to ${address}`)
      return found[0]
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return mail
}

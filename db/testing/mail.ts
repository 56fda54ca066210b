import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mailboxServer } from '@/lib/launch/mailbox/server'
import { MailStore, type Message } from '@/lib/launch/mailbox/store'

export type TestMail = {
  /** For RESEND_BASE_URL: mails come here through the real SDK. */
  url: string
  /** How the server takes mails: `up` as the real one, `refusing` with an error, `dead` by hanging up. */
  mood: 'up' | 'refusing' | 'dead'
  /** Mails to an address, newest first. */
  to(address: string): Message[]
  /** The code in the newest mail to an address. */
  code(address: string): string
  close(): Promise<void>
}

/** The demo's mailbox on a port of its own, which can also be out of order. */
export async function startMail(): Promise<TestMail> {
  const store = new MailStore(undefined)
  const mailbox = mailboxServer(store)
  const server = createServer((request, response) => {
    if (mail.mood === 'dead') request.socket.destroy()
    else if (mail.mood === 'refusing')
      response.writeHead(500).end('{"statusCode":500,"name":"application_error","message":"out of order"}')
    else mailbox.emit('request', request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const mail: TestMail = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'up',
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

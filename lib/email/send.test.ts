import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { setTestEnvironment } from '@/db/testing/environment'
import { startMail, type TestMail } from '@/db/testing/mail'

const mail = { to: 'ann@example.com', subject: 'Hello', text: 'Hello Ann', html: '<p>Hello Ann</p>' }
let http: TestMail
let smtp: Server
let received: { from: string; recipients: string[]; data: string }[] = []
let refusing = false

/** As much of SMTP as it takes to be handed a mail. */
function talk(socket: Socket): void {
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
        received.push({ from, recipients, data })
        data = null
        say('250 taken')
      } else if (/^EHLO/.test(line)) say('250 mail.example.com')
      else if (refusing) say('550 no')
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

beforeAll(async () => {
  http = await startMail()
  smtp = createServer(talk)
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await http.close()
  smtp.close()
})

/** The module reads its configuration once; each test begins with a fresh one. */
beforeEach(() => {
  vi.resetModules()
  Object.assign(http, { mood: 'up' })
  received = []
  refusing = false
  setTestEnvironment('postgres://localhost/none', { RESEND_BASE_URL: http.url, SMTP_URL: '' })
})

const send = async (key: string, what = mail) => (await import('./send')).sendMail(what, key)
const overSmtp = () => {
  const { port } = smtp.address() as { port: number }
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`
}
const failed = { ok: false, reason: 'mail-failed', details: undefined }

test('a mail goes through Resend to its one recipient, once for each key', async () => {
  expect(await send('key-1')).toEqual({ ok: true, value: undefined })
  expect(await send('key-1')).toEqual({ ok: true, value: undefined })
  expect(http.to('ann@example.com')).toMatchObject([{ subject: 'Hello', text: 'Hello Ann', html: mail.html }])
})

test('a mail that Resend does not take is a refusal, in whatever way', async () => {
  for (const mood of ['refusing', 'dead'] as const) {
    http.mood = mood
    expect(await send(mood)).toEqual(failed)
  }
  process.env.RESEND_BASE_URL = 'http://127.0.0.1:1'
  vi.resetModules()
  expect(await send('nobody listens')).toEqual(failed)
})

test('a mail goes through SMTP where it is configured, and nowhere else', async () => {
  overSmtp()
  expect(await send('key-2')).toEqual({ ok: true, value: undefined })
  expect(received).toHaveLength(1)
  expect(received[0]?.recipients).toEqual(['RCPT TO:<ann@example.com>'])
  expect(received[0]?.data).toMatch(/^From: Keyturn <no-reply@keyturn.example>$/m)
  expect(received[0]?.data).toMatch(/^Subject: Hello$/m)
  expect(http.to('ann@example.com').filter((each) => each.subject === 'Hello')).toHaveLength(1)
})

test('a subject with line breaks adds no header and no recipient', async () => {
  overSmtp()
  await send('key-3', { ...mail, subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nbody' })
  expect(received[0]?.recipients).toHaveLength(1)
  expect(received[0]?.data).not.toMatch(/^Bcc:/m)
})

test('a mail that SMTP does not take is a refusal', async () => {
  overSmtp()
  refusing = true
  expect(await send('key-4')).toEqual(failed)
  process.env.SMTP_URL = 'smtp://127.0.0.1:1'
  vi.resetModules()
  expect(await send('key-5')).toEqual(failed)
})

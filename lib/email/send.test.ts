import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { setTestEnvironment } from '@/db/testing/environment'
import { startMail, type TestMail } from '@/db/testing/mail'
import { startSmtp, type TestSmtp } from '@/db/testing/smtp'

const mail = { to: 'ann@example.com', subject: 'Hello', text: 'Hello Ann', html: '<p>Hello Ann</p>' }
let http: TestMail
let smtp: TestSmtp

beforeAll(async () => {
  http = await startMail()
  smtp = await startSmtp()
})

afterAll(async () => {
  await http.close()
  smtp.close()
})

/** The module reads its configuration once; each test begins with a fresh one. */
beforeEach(() => {
  vi.resetModules()
  Object.assign(http, { mood: 'up' })
  Object.assign(smtp, { received: [], isRefusing: false })
  setTestEnvironment('postgres://localhost/none', { RESEND_BASE_URL: http.url, SMTP_URL: '' })
})

const send = async (key: string, what = mail) => (await import('./send')).sendMail(what, key)
const overSmtp = () => {
  process.env.SMTP_URL = smtp.url
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
  expect(smtp.received).toHaveLength(1)
  expect(smtp.received[0]?.recipients).toEqual(['RCPT TO:<ann@example.com>'])
  expect(smtp.received[0]?.data).toMatch(/^From: Keyturn <no-reply@keyturn.example>$/m)
  expect(smtp.received[0]?.data).toMatch(/^Subject: Hello$/m)
  expect(http.to('ann@example.com').filter((each) => each.subject === 'Hello')).toHaveLength(1)
})

test('a subject with line breaks adds no header and no recipient', async () => {
  overSmtp()
  await send('key-3', { ...mail, subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nbody' })
  expect(smtp.received[0]?.recipients).toHaveLength(1)
  expect(smtp.received[0]?.data).not.toMatch(/^Bcc:/m)
})

test('a mail that SMTP does not take is a refusal', async () => {
  overSmtp()
  smtp.isRefusing = true
  expect(await send('key-4')).toEqual(failed)
  process.env.SMTP_URL = 'smtp://127.0.0.1:1'
  vi.resetModules()
  expect(await send('key-5')).toEqual(failed)
})

test.each(['', '220 mail.example.com\r\n'])(
  'the line to a server that says %j and no more is not kept',
  async (greeting) => {
    const server = createServer((socket) => socket.resume().write(greeting)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    process.env.SMTP_URL = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
    const accepted = once(server, 'connection') as Promise<[Socket]>
    const { handOver } = await import('./hand-over')
    expect(await handOver(mail, 'key-6', 200)).toMatchObject({ taken: false, problem: 'no-answer' })
    const [socket] = await accepted
    if (!socket.closed) await once(socket, 'close')
    server.close()
    await once(server, 'close')
  },
)

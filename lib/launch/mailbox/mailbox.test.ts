import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resend } from 'resend'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailboxServer } from './server'
import { MailStore } from './store'

let directory: string
let baseUrl: string
let server: ReturnType<typeof mailboxServer>

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mailbox-'))
  await open()
})
afterEach(async () => {
  await close()
  rmSync(directory, { recursive: true })
})

async function open() {
  server = mailboxServer(new MailStore(join(directory, 'mailbox.jsonl')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close() {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const resend = () => new Resend('re_test', { baseUrl })
const mail = {
  from: 'Keyturn <no-reply@keyturn.example>',
  to: 'ada@example.com',
  subject: 'Your code',
  text: '123456',
}
const inbox = async (to = '') => (await fetch(`${baseUrl}/messages?to=${encodeURIComponent(to)}`)).json()

test('what the Resend SDK sends can be read, newest first', async () => {
  const first = await resend().emails.send(mail)
  const second = await resend().emails.send({ ...mail, subject: 'Another', html: '<b>1</b>' })
  expect(first.error).toBeNull()
  expect(await inbox('Ada@example.com')).toEqual([
    {
      id: second.data?.id,
      to: 'ada@example.com',
      subject: 'Another',
      text: '123456',
      html: '<b>1</b>',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    },
    expect.objectContaining({ id: first.data?.id, subject: 'Your code', html: '' }),
  ])
  expect(await inbox('eve@example.com')).toEqual([])
})

test('every recipient of a mail gets it, by bare address', async () => {
  await resend().emails.send({
    ...mail,
    to: ['Ada <ada@example.com>', 'bob@example.com'],
    cc: 'cy@example.com',
  })
  for (const to of ['ada@example.com', 'bob@example.com', 'cy@example.com'])
    expect(await inbox(to)).toHaveLength(1)
})

test('an idempotency key delivers once, and refuses another body', async () => {
  const options = { idempotencyKey: 'notice/1' }
  const first = await resend().emails.send(mail, options)
  await close()
  await open()
  const again = await resend().emails.send(mail, options)
  const other = await resend().emails.send({ ...mail, subject: 'Changed' }, options)
  expect(again.data?.id).toBe(first.data?.id)
  expect(other.error?.name).toBe('invalid_idempotent_request')
  expect(await inbox()).toHaveLength(1)
})

test('the SDK is told what is wrong with a mail', async () => {
  const empty = await resend().emails.send({ ...mail, text: '' })
  expect(empty.error).toMatchObject({ name: 'validation_error', statusCode: 422 })
  const anonymous = await fetch(`${baseUrl}/emails`, { method: 'POST', body: JSON.stringify(mail) })
  expect(anonymous.status).toBe(401)
})

test('mails survive a restart, also when the last line was cut off', async () => {
  await resend().emails.send(mail)
  const file = join(directory, 'mailbox.jsonl')
  appendFileSync(file, '{"id":"cut')
  await close()
  await open()
  expect(await inbox()).toHaveLength(1)
  await resend().emails.send(mail)
  await close()
  await open()
  expect(await inbox()).toHaveLength(2)
})

test('the last 500 mails are kept', async () => {
  const store = new MailStore(join(directory, 'many.jsonl'))
  const message = {
    to: 'a@b.c',
    from: 'x',
    subject: '',
    text: '',
    html: '',
    createdAt: '2025-01-01T00:00:00Z',
  }
  for (let n = 1; n <= 1600; n += 1) store.add([{ ...message, id: String(n) }])
  expect(store.list()).toHaveLength(500)
  expect(store.list()[0]?.id).toBe('1600')
  expect(new MailStore(join(directory, 'many.jsonl')).list()[499]?.id).toBe('1101')
  expect(readFileSync(join(directory, 'many.jsonl'), 'utf8').split('\n').length).toBeLessThan(1600)
})

test('nothing in a mail becomes part of the mailbox pages', async () => {
  const hostile = '<script>alert(1)</script>"\'&'
  const { data } = await resend().emails.send({ ...mail, subject: hostile, text: hostile, html: hostile })
  for (const path of ['/', `/messages/${data?.id}`, `/?to=${encodeURIComponent(hostile)}`]) {
    const response = await fetch(baseUrl + path)
    expect(await response.text()).not.toContain('<script>alert')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  const frame = await fetch(`${baseUrl}/messages/${data?.id}/html`)
  expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox /)
  expect(frame.headers.get('content-security-policy')).not.toContain('allow-scripts')
})

test('a foreign host name gets nothing, so that rebinding it cannot read codes', async () => {
  const status = await new Promise((resolve, reject) => {
    request(`${baseUrl}/messages`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

test('an unknown mail is a 404', async () => {
  expect((await fetch(`${baseUrl}/messages/unknown`)).status).toBe(404)
})

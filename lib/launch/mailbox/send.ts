import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { MailStore } from './store'

const addresses = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(50)])
const optionalAddresses = addresses.nullish().transform((value) => value ?? [])

/** What the Resend SDK posts. Fields without a place in the mailbox, such as tags, are accepted and dropped. */
const email = z
  .object({
    from: z.string().min(1),
    to: addresses,
    cc: optionalAddresses,
    bcc: optionalAddresses,
    subject: z.string(),
    text: z.string().nullish(),
    html: z.string().nullish(),
  })
  .refine((mail) => mail.text || mail.html, 'Missing `html` or `text` field.')

export type Answer = { status: number; body: object }

const keyLifetimeMs = 24 * 60 * 60 * 1000

/** `POST /emails` of the Resend API, its errors included: https://resend.com/docs/api-reference/emails/send-email */
export function send(
  store: MailStore,
  body: string,
  headers: { authorization?: string; idempotencyKey?: string },
  now = new Date(),
): Answer {
  if (!headers.authorization?.startsWith('Bearer re_'))
    return refuse(401, 'missing_api_key', 'Missing API key in the authorization header.')
  const parsed = email.safeParse(parse(body))
  if (!parsed.success) return refuse(422, 'validation_error', z.prettifyError(parsed.error))

  const { idempotencyKey } = headers
  const digest = createHash('sha256').update(body).digest('hex')
  if (idempotencyKey) {
    if (idempotencyKey.length > 256)
      return refuse(400, 'invalid_idempotency_key', 'The key must have at most 256 characters.')
    const earlier = store.findByIdempotencyKey(idempotencyKey, new Date(now.getTime() - keyLifetimeMs))
    if (earlier?.digest === digest) return { status: 200, body: { id: earlier.id } }
    if (earlier)
      return refuse(409, 'invalid_idempotent_request', 'This key was used with a different body before.')
  }

  const mail = parsed.data
  const messages = [mail.to, mail.cc, mail.bcc].flat().map((to) => ({
    id: randomUUID(),
    to: bareAddress(to),
    from: mail.from,
    subject: mail.subject,
    text: mail.text ?? '',
    html: mail.html ?? '',
    createdAt: now.toISOString(),
    idempotencyKey,
    digest,
  }))
  store.add(messages)
  return { status: 200, body: { id: messages[0]?.id } }
}

function refuse(statusCode: number, name: string, message: string): Answer {
  return { status: statusCode, body: { statusCode, name, message } }
}

/** `Ada <ada@example.com>` is delivered to `ada@example.com`. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient).trim()
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

import nodemailer, { type Transporter } from 'nodemailer'
import { Resend } from 'resend'
import { env } from '@/lib/env'
import { logger } from '@/lib/log'
import { done, refuse } from '@/lib/outcome'
import { within } from '@/lib/within'
import type { Mail } from './mail'

const patienceMs = 10_000
let resend: Resend | undefined
let smtp: Transporter | undefined

/**
 * Hands a mail to SMTP where it is configured, else to Resend. Refuses with `mail-failed` when it was not
 * taken within 10 seconds; the cause goes to the log, the text of the mail never does.
 * @param idempotencyKey a second hand-over under the same key is not delivered twice (Resend)
 */
export async function sendMail(mail: Mail, idempotencyKey: string) {
  try {
    await (env().SMTP_URL ? sendBySmtp(mail) : sendByResend(mail, idempotencyKey))
    return done()
  } catch (error) {
    logger().error({ mail: idempotencyKey, cause: String(error) }, 'mail was not taken')
    return refuse('mail-failed')
  }
}

async function sendByResend(mail: Mail, idempotencyKey: string): Promise<void> {
  const { RESEND_API_KEY, RESEND_BASE_URL, EMAIL_FROM } = env()
  resend ??= new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : undefined)
  const answer = await within(
    patienceMs,
    resend.emails.send({ from: EMAIL_FROM, ...mail }, { idempotencyKey }),
    'sending',
  )
  if (answer.error) throw new Error(`${answer.error.name}: ${answer.error.message}`)
}

async function sendBySmtp(mail: Mail): Promise<void> {
  smtp ??= nodemailer.createTransport(env().SMTP_URL, { from: env().EMAIL_FROM })
  await within(patienceMs, smtp.sendMail(mail), 'sending')
}

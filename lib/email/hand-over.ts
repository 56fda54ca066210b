import nodemailer from 'nodemailer'
import { Resend } from 'resend'
import { env } from '@/lib/env'
import { within } from '@/lib/within'
import type { Mail } from './mail'
import type { MailProblem } from './mail-problem'

/** What became of a mail. */
export type HandOver =
  | { taken: true }
  | {
      taken: false
      problem: MailProblem
      /** For the log; never the text of the mail. */
      cause: string
      /** When the service asks to be asked less often: try again after this. */
      retryAfterMs: number | null
    }

export const usualPatienceMs = 10_000
const usualRetryAfterMs = 1_000
let resend: Resend | undefined

/**
 * Hands a mail to SMTP where it is configured, else to Resend. Never throws. A mail that was not heard of in time
 * may have been taken all the same: hand it over again under the same key.
 * @param idempotencyKey a second hand-over under the same key is not delivered twice (Resend; SMTP knows no such thing)
 */
export async function handOver(
  mail: Mail,
  idempotencyKey: string,
  patienceMs = usualPatienceMs,
): Promise<HandOver> {
  try {
    const { SMTP_URL } = env()
    if (SMTP_URL) return await sendBySmtp(mail, SMTP_URL, patienceMs)
    return await sendByResend(mail, idempotencyKey, patienceMs)
  } catch (error) {
    return notTaken('no-answer', String(error))
  }
}

async function sendByResend(mail: Mail, idempotencyKey: string, patienceMs: number): Promise<HandOver> {
  const { RESEND_API_KEY, RESEND_BASE_URL, EMAIL_FROM } = env()
  resend ??= new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : undefined)
  const signal = AbortSignal.timeout(patienceMs)
  const { error, headers } = await resend.emails.send(
    { from: EMAIL_FROM, ...mail },
    { idempotencyKey, signal },
  )
  if (error && signal.aborted) return notTaken('no-answer', error.message)
  // The key came with another body before, so that mail was taken then, in words that have changed since.
  if (!error || error.name === 'invalid_idempotent_request') return { taken: true }
  const { name, message, statusCode } = error
  const retryAfterS = Number(headers?.['retry-after'])
  return notTaken(
    resendProblem(name, statusCode),
    `${name}: ${message}`,
    name === 'rate_limit_exceeded' ? (retryAfterS > 0 ? retryAfterS * 1000 : usualRetryAfterMs) : null,
  )
}

/** What is wrong is Keyturn's own configuration, whatever the mail. */
const keyProblems = ['missing_api_key', 'restricted_api_key', 'invalid_api_key']

function resendProblem(name: string, statusCode: number | null): MailProblem {
  if (statusCode === null) return 'unreachable'
  if (keyProblems.includes(name)) return 'not-let-in'
  if (statusCode === 429 || name === 'concurrent_idempotent_requests') return 'busy'
  return statusCode >= 500 ? 'out-of-order' : 'refused'
}

async function sendBySmtp(mail: Mail, url: string, patienceMs: number): Promise<HandOver> {
  const smtp = nodemailer.createTransport(patientAddress(url, patienceMs), { from: env().EMAIL_FROM })
  const sent = smtp.sendMail(mail).then(
    (): HandOver => ({ taken: true }),
    (error: SmtpError) => notTaken(smtpProblem(error), String(error)),
  )
  return within(patienceMs, sent, 'sending')
}

/** Left to itself, Nodemailer keeps the line to a server that hangs for ten minutes; the sender has let go by then. */
function patientAddress(url: string, patienceMs: number): string {
  const address = new URL(url)
  for (const name of ['connectionTimeout', 'greetingTimeout', 'socketTimeout'])
    if (!address.searchParams.has(name)) address.searchParams.set(name, String(patienceMs))
  return address.href
}

type SmtpError = Error & { code?: string; responseCode?: number }

function smtpProblem({ code, responseCode }: SmtpError): MailProblem {
  if (code === 'EAUTH') return 'not-let-in'
  if (code === 'ETIMEDOUT') return 'no-answer'
  if (responseCode === undefined) return 'unreachable'
  return responseCode < 500 ? 'busy' : 'refused'
}

function notTaken(problem: MailProblem, cause: string, retryAfterMs: number | null = null): HandOver {
  return { taken: false, problem, cause, retryAfterMs }
}

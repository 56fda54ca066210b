import { logger } from '@/lib/log'
import { done, refuse } from '@/lib/outcome'
import { handOver } from './hand-over'
import type { Mail } from './mail'

/**
 * Hands a mail over once. Refuses with `mail-failed` when it was not taken within 10 seconds; the cause goes to the
 * log, the text of the mail never does.
 * @param idempotencyKey a second hand-over under the same key is not delivered twice (Resend)
 */
export async function sendMail(mail: Mail, idempotencyKey: string) {
  const handed = await handOver(mail, idempotencyKey)
  if (handed.taken) return done()
  logger().error({ mail: idempotencyKey, cause: handed.cause }, 'mail was not taken')
  return refuse('mail-failed')
}

import { createHash } from 'node:crypto'
import { writeMail } from '@/lib/email/mail'
import { sendCode } from '@/lib/otp/send-code'
import { refuse } from '@/lib/outcome'
import { isOver } from './limits'
import { findByToken, type InvitationRow } from './store'
import { digestOf } from './token'

/**
 * Mails a code to the invited address: the link alone opens nothing, since links are forwarded and logged. Refuses
 * with `invitation-over`, or as lib/otp does.
 * @param browser the asking browser's own random value; the code works nowhere else
 */
export async function sendJoinCode(
  { token }: { token: string },
  browser: string,
  askedFrom: string | null = null,
  now = new Date(),
  at?: Date,
) {
  const invitation = await findByToken(digestOf(token))
  if (!invitation || isOver(invitation, now)) return refuse('invitation-over')
  return sendCode(
    { ...joinTarget(invitation, browser), askedFrom },
    (code) =>
      writeMail({
        subject: 'Your code to join',
        heading: `Enter this code to join ${invitation.organizationName}`,
        code,
        paragraphs: [
          'It works once and for 10 minutes, in the browser that asked for it.',
          'If you did not ask for it, you can ignore this mail.',
        ],
      }),
    at,
  )
}

/** What a code is good for: this invitation, in this browser. */
export function joinTarget({ id, email }: Pick<InvitationRow, 'id' | 'email'>, browser: string) {
  const binding = createHash('sha256').update(`${id} ${browser}`).digest('base64url')
  return { purpose: 'join', email, binding } as const
}

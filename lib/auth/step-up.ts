import { eq } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { sessions } from '@/db/schema'
import { writeMail } from '@/lib/email/mail'
import { redeemCode } from '@/lib/otp/redeem-code'
import { sendCode } from '@/lib/otp/send-code'
import { voidCodes } from '@/lib/otp/store'
import { done, refuse } from '@/lib/outcome'
import type { UserActor } from './actor'
import { hashSessionToken, newSessionToken } from './session'

export const stepUpMinutes = 10

/** Confirmed with an emailed code within the last 10 minutes, in this session. */
export function isSteppedUp(actor: Pick<UserActor, 'steppedUpAt'>, now: Date): boolean {
  return actor.steppedUpAt !== null && now.getTime() - actor.steppedUpAt.getTime() < stepUpMinutes * 60_000
}

/** Sends a code to the actor's own address, good for this subject in this session only. */
export async function sendStepUpCode(subject: { id: string; name: string }, actor: UserActor, at?: Date) {
  return sendCode(
    target(subject.id, actor),
    (code) =>
      writeMail({
        subject: 'Your confirmation code',
        heading: `Enter this code to view ${subject.name}`,
        code,
        paragraphs: [
          'It works once and for 10 minutes, in the session that asked for it.',
          'If you did not ask for it, somebody else may be using your account: tell the administrators of your organization.',
        ],
      }),
    at,
  )
}

/**
 * Steps the session up. The session gets a new id with it, so that whoever had the old one gains nothing;
 * answers the new cookie's value.
 */
export async function confirmStepUp(
  subjectId: string,
  code: string,
  actor: UserActor,
  now = new Date(),
  at?: Date,
) {
  const used = await redeemCode(target(subjectId, actor), code, at)
  if (!used.ok) return used
  const token = newSessionToken()
  const moved = await db()
    .update(sessions)
    .set({ sessionToken: hashSessionToken(token), steppedUpAt: now })
    .where(eq(sessions.sessionToken, actor.sessionHash))
    .returning({ userId: sessions.userId })
  return moved.length === 1 ? done({ sessionToken: token }) : refuse('signed-out')
}

/** Takes back what a person confirmed in any session, and the codes with which they still could. */
export async function endStepUps(tx: Transaction, { userId, email }: Pick<UserActor, 'userId' | 'email'>) {
  await tx.update(sessions).set({ steppedUpAt: null }).where(eq(sessions.userId, userId))
  await voidCodes(tx, { email, purpose: 'step-up' })
}

function target(subjectId: string, actor: UserActor) {
  return { purpose: 'step-up', email: actor.email, binding: `${actor.sessionHash} ${subjectId}` } as const
}

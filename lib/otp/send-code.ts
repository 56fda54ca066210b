import { createHmac, randomInt } from 'node:crypto'
import { db, type Transaction } from '@/db/client'
import type { Mail } from '@/lib/email/mail'
import { sendMail } from '@/lib/email/send'
import { env } from '@/lib/env'
import { newId } from '@/lib/id'
import { deriveKey } from '@/lib/keys/seal'
import { done, refuse } from '@/lib/outcome'
import { codeLifeMinutes, codesPerHourAndClient, decideSend } from './limits'
import {
  type CodeTarget,
  codesAskedFromSince,
  codesSince,
  databaseNow,
  forgetCode,
  insertCode,
  lockAddress,
  newestCode,
} from './store'

/**
 * Sends a 6-digit code for `target`, or says that the last one still stands. When the mail cannot be handed
 * over, nothing has changed: an earlier code stays good.
 * @param target `askedFrom` is the client's address where strangers may ask: 60 codes an hour for all of its mails
 * @param write makes the mail out of the code
 * @param at the moment; the database's clock when absent
 */
export async function sendCode(
  target: CodeTarget & { askedFrom?: string | null },
  write: (code: string) => Omit<Mail, 'to'>,
  at?: Date,
) {
  const code = randomInt(1_000_000).toString().padStart(6, '0')
  const id = newId('code')

  const decision = await db().transaction(async (tx) => {
    await lockAddress(tx, target.email)
    const now = at ?? (await databaseNow(tx))
    const anHourAgo = new Date(now.getTime() - 3_600_000)
    const busyUntil = await clientIsBusyUntil(tx, target.askedFrom ?? null, anHourAgo)
    if (busyUntil) return { do: 'refuse' as const, retryAt: busyUntil, now }
    const lastHour = await codesSince(tx, target, anHourAgo)
    const decision = decideSend(await newestCode(tx, target), lastHour, now)
    if (decision.do === 'send') {
      const expiresAt = new Date(now.getTime() + codeLifeMinutes * 60_000)
      await insertCode(tx, { id, ...target, codeHash: hashCode(target, code), createdAt: now, expiresAt })
    }
    return { ...decision, now }
  })

  if (decision.do === 'refuse') return refuse('too-many-codes', { retryAt: decision.retryAt })
  if (decision.do === 'show-field')
    return done({ sent: false, because: decision.because, sentAt: decision.sentAt })
  const mailed = await sendMail({ ...write(code), to: target.email }, id)
  if (!mailed.ok) {
    await forgetCode(db(), id)
    return refuse('mail-failed')
  }
  return done({ sent: true, because: null, sentAt: decision.now })
}

/** When a client that has asked for too many codes may ask again; whoever uses the machine itself is not counted. */
async function clientIsBusyUntil(
  tx: Transaction,
  askedFrom: string | null,
  since: Date,
): Promise<Date | null> {
  if (!askedFrom || askedFrom === '::1' || askedFrom.startsWith('127.')) return null
  await lockAddress(tx, askedFrom)
  const asked = await codesAskedFromSince(tx, askedFrom, since)
  const oldestThatCounts = asked.at(-codesPerHourAndClient)
  return oldestThatCounts ? new Date(oldestThatCounts.getTime() + 3_600_000) : null
}

/** Keyed, and bound to everything that the code is good for: a row copied to another key or session proves nothing. */
export function hashCode(target: CodeTarget, code: string): string {
  const [master] = env().MASTER_KEY
  if (!master) throw new Error('no master key')
  return createHmac('sha256', deriveKey(master, 'one-time-codes'))
    .update(JSON.stringify([target.purpose, target.email, target.binding, code]))
    .digest('base64url')
}

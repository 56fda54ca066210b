import { setTimeout as sleep } from 'node:timers/promises'
import { handOver, usualPatienceMs } from '@/lib/email/hand-over'
import type { Mail } from '@/lib/email/mail'
import { isOfTheService, type MailProblem, mailProblemText } from '@/lib/email/mail-problem'
import { env } from '@/lib/env'
import { logger } from '@/lib/log'
import { type HeldMail, markDropped, markMailed, putOff, readHeld, takeDue } from './deliveries'
import { pauseAfter } from './mail-pause'
import { noticeMail } from './notice-mail'
import { dropReason } from './still-true'

export type SendOptions = {
  /** How many mails are taken at once. */
  batch?: number
  /** How many are handed over at the same time. */
  atOnce?: number
  /** How long one mail may take. */
  patienceMs?: number
  /** For how long nobody else takes what was taken here; what is not sent by half of it is let go. */
  holdMs?: number
  /** Ends it early: what is on its way is waited for, the rest is let go. */
  signal?: AbortSignal
}

export type Sent = { taken: number; mailed: number; dropped: number; waiting: number }

type Failure = { problem: MailProblem; cause: string }

const usualHoldMs = 300_000
/** A mail that is refused for longer is given up. */
const refusedForMs = 3 * 86_400_000
/** A service that asks for fewer gets them slower, for as long as it takes any. */
const mostSlowDowns = 20
const longestSlowDownMs = 5_000
type Pace = { notBefore: number; slowDowns: number }

/**
 * Sends the mails of notices that are due at `now`, as many as one batch; call it again until it has taken none. What
 * is no longer true is dropped. What was not taken waits for a while that doubles, and says why. Two senders never
 * have the same mail, unless one of them was not heard of for the length of the hold: then the mail goes again under
 * the same idempotency key.
 */
export async function sendDue(now = new Date(), options: SendOptions = {}): Promise<Sent> {
  const { batch = 100, holdMs = usualHoldMs, signal } = options
  if (signal?.aborted) return { taken: 0, mailed: 0, dropped: 0, waiting: 0 }
  const held = await takeDue(now, new Date(now.getTime() + holdMs), batch)
  if (held.length === 0) return { taken: 0, mailed: 0, dropped: 0, waiting: 0 }

  const judged = (await readHeld(held)).map((mail) => ({
    mail,
    reason: dropReason(mail.content, mail.standing, now),
  }))
  const dropped = judged.flatMap(({ mail, reason }) => (reason ? [{ ...mail, reason }] : []))
  await markDropped(dropped, now)
  const mails = judged.flatMap(({ mail, reason }) => (reason ? [] : [mail]))
  const mailed = await sendAll(mails, now, options)
  return { taken: held.length, mailed, dropped: dropped.length, waiting: mails.length - mailed }
}

async function sendAll(mails: readonly HeldMail[], now: Date, options: SendOptions): Promise<number> {
  const { atOnce = 4, patienceMs, holdMs = usualHoldMs, signal } = options
  const queue = [...mails]
  const letGoAt = performance.now() + holdMs / 2
  const isOver = () => signal?.aborted === true || performance.now() > letGoAt
  const pace: Pace = { notBefore: 0, slowDowns: 0 }
  let mailed = 0
  let failuresInARow = 0
  let failure: Failure | null = null

  async function sendNext(): Promise<void> {
    for (;;) {
      // As many failures in a row as are sent at once: nobody gets through, so the rest need not be tried one by one.
      if (isOver() || failuresInARow >= atOnce) return
      const mail = queue.shift()
      if (!mail) return
      const failed = await send(mail, pace, isOver, patienceMs)
      if (failed) {
        failure = failed
        failuresInARow = isOfTheService(failed.problem) ? failuresInARow + 1 : 0
        if (isHopeless(mail, failed.problem, now))
          await markDropped([{ ...mail, reason: 'undeliverable' }], now)
        else await putOff([later(mail, failed.problem, now)])
      } else {
        failuresInARow = 0
        mailed++
        await markMailed(mail, now)
      }
    }
  }

  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, sendNext))
  const thrown = lanes.find((lane) => lane.status === 'rejected')
  if (thrown) throw thrown.reason
  const { problem = null, cause = '' } = (failure as Failure | null) ?? {}
  await putOff(queue.map((mail) => (isOver() ? untried(mail, now) : later(mail, problem, now))))
  if (problem) logger().warn({ mailed, waiting: mails.length - mailed, problem, cause }, 'mails: not taken')
  return mailed
}

/** @returns null when it was taken */
async function send(
  mail: HeldMail,
  pace: Pace,
  isOver: () => boolean,
  patienceMs = usualPatienceMs,
): Promise<Failure | null> {
  const written = write(mail)
  if ('problem' in written) return written
  for (;;) {
    await sleep(Math.max(0, pace.notBefore - performance.now()))
    const handed = await handOver(written, `${mail.noticeId} ${mail.userId}`, patienceMs)
    if (handed.taken) {
      pace.slowDowns = 0
      return null
    }
    if (handed.retryAfterMs === null || ++pace.slowDowns > mostSlowDowns || isOver()) return handed
    pace.notBefore = performance.now() + Math.min(longestSlowDownMs, handed.retryAfterMs)
  }
}

/** One that cannot be written must not keep the others from being sent. */
function write({ content, email, organization }: HeldMail): Mail | Failure {
  const place = {
    organizationId: organization.id,
    organizationName: organization.name,
    timeZone: organization.timeZone,
    consoleUrl: env().CONSOLE_URL,
  }
  try {
    return { ...noticeMail(content, place), to: email }
  } catch (error) {
    return { problem: 'unwritable', cause: String(error) }
  }
}

/** What is wrong with a mail itself, such as its address, seldom gets better. */
function isHopeless({ raisedAt }: HeldMail, problem: MailProblem, now: Date): boolean {
  return !isOfTheService(problem) && now.getTime() - raisedAt.getTime() > refusedForMs
}

function later(mail: HeldMail, problem: MailProblem | null, now: Date) {
  const { noticeId, userId, tries } = mail
  const nextMailAt = new Date(now.getTime() + pauseAfter(tries))
  return { noticeId, userId, tries, nextMailAt, problem: problem && mailProblemText[problem], wasTried: true }
}

function untried({ noticeId, userId, tries }: HeldMail, now: Date) {
  return { noticeId, userId, tries, nextMailAt: now, problem: null, wasTried: false }
}

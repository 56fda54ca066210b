import { db } from '@/db/client'
import type { QueueName } from '@/db/queues'
import { forgetSessions } from '@/lib/auth/forget-sessions'
import { dropOldRequests, forgetRequestBatches } from '@/lib/call-log/retention'
import { env } from '@/lib/env'
import { forgetIdempotencyKeys } from '@/lib/idempotency/once'
import { raiseOrganizationKeyEndings } from '@/lib/notices/clock/raise-organization-key-endings'
import { raiseServiceKeyEndings } from '@/lib/notices/clock/raise-service-key-endings'
import { raiseServiceKeyExpirations } from '@/lib/notices/clock/raise-service-key-expirations'
import { forgetNotices } from '@/lib/notices/forget-notices'
import { sendDue } from '@/lib/notices/mail/send-due'
import { replaceDue } from '@/lib/organization-keys/replace-due'
import { forgetCodes } from '@/lib/otp/forget-codes'
import { signerAt } from '@/lib/signing-keys/signer'
import { forgetChanges } from '@/lib/verify/forget-changes'
import { forgetUses } from '@/lib/verify/forget-uses'
import { inTurn, type Sweep, untilNone, untilNoneFound } from './sweep'

export type Job = { cron: string; sweep: Sweep }

const everyMinute = '* * * * *'

/**
 * What is done by the clock. Each sweep is right by itself, beside others and at any moment; the job library only
 * says when, and which of the workers.
 */
export const jobs: Record<QueueName, Job> = {
  'replace-due': { cron: everyMinute, sweep: untilNone((now) => replaceDue(now)) },
  'raise-organization-key-endings': {
    cron: everyMinute,
    sweep: untilNone((now) => raiseOrganizationKeyEndings(now)),
  },
  'raise-service-key-endings': { cron: everyMinute, sweep: untilNoneFound(raiseServiceKeyEndings) },
  'raise-service-key-expirations': { cron: everyMinute, sweep: untilNoneFound(raiseServiceKeyExpirations) },
  'send-due': {
    cron: everyMinute,
    sweep: untilNone(async (now, signal) => (await sendDue(now, { signal })).taken),
  },
  'rotate-signing-keys': { cron: '7 * * * *', sweep: rotateSigningKeys },
  retention: {
    cron: '37 * * * *',
    sweep: inTurn(
      [
        (now: Date) => dropOldRequests(now, env().REQUEST_RETENTION_DAYS),
        forgetRequestBatches,
        (now: Date) => forgetChanges(now),
        (now: Date) => forgetUses(now),
        (now: Date) => forgetCodes(now),
        (now: Date) => forgetSessions(now),
        (now: Date) => forgetIdempotencyKeys(now),
        (now: Date) => forgetNotices(now),
      ].map(untilNone),
    ),
  },
}

/** Choosing the key that signs rotates it on the way; that must not wait for somebody to view a Secret. */
async function rotateSigningKeys(): Promise<number> {
  await db().transaction((tx) => signerAt(tx, new Date(), env().MASTER_KEY))
  return 0
}

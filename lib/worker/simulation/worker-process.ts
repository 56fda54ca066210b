/**
 * A worker whose clock is somebody else's: told what time it is, it does once what the product's workers do each
 * minute (lib/worker/jobs.ts), and says so.
 */

import { raiseOrganizationKeyEndings } from '@/lib/notices/clock/raise-organization-key-endings'
import { raiseServiceKeyEndings } from '@/lib/notices/clock/raise-service-key-endings'
import { raiseServiceKeyExpirations } from '@/lib/notices/clock/raise-service-key-expirations'
import { sendDue } from '@/lib/notices/mail/send-due'
import { replaceDue } from '@/lib/organization-keys/replace-due'

/** What time it is, and how long the mail service may take. */
export type Order = { now: number; patienceMs: number }
export type Answer = { kind: 'ready' } | { kind: 'done' } | { kind: 'failed'; cause: string }

const say = (answer: Answer) => process.send?.(answer)

const sweeps: ((now: Date, batches: { found: string[] }) => Promise<number>)[] = [
  (now) => replaceDue(now),
  (now) => raiseOrganizationKeyEndings(now),
  raiseServiceKeyEndings,
  raiseServiceKeyExpirations,
]

async function work(now: Date, patienceMs: number): Promise<void> {
  for (const sweep of sweeps) {
    const found: string[] = []
    while ((await sweep(now, { found })) > 0);
  }
  while ((await sendDue(now, { patienceMs })).taken > 0);
}

process.on('message', ({ now, patienceMs }: Order) => {
  work(new Date(now), patienceMs).then(
    () => say({ kind: 'done' }),
    (error: Error) => say({ kind: 'failed', cause: error.stack ?? String(error) }),
  )
})
process.on('disconnect', () => process.exit())
say({ kind: 'ready' })

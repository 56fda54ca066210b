import { db } from '@/db/client'
import { type Entry, recordEntries } from '@/lib/audit/record'
import { isDatabaseGone } from '@/lib/database-gone'
import { env } from '@/lib/env'
import { newId } from '@/lib/id'
import { maskedKey } from '@/lib/keys/masked'
import { logger } from '@/lib/log'
import { type Replacement, raiseReplacements } from '@/lib/notices/clock/raise-replacements'
import { signerAt } from '@/lib/signing-keys/signer'
import { type DueKey, endKeys, findDueKeys, lockDueKeys } from './due-keys'
import { makeGeneration } from './generation'
import { graceEnd, scheduledExpiry, stateOf } from './lifecycle'
import { insertGenerations } from './store'

/**
 * Replaces organization keys whose time has come (schedule.ts): each gets a successor and stays accepted beside it
 * until its printed expiry; one that a late schedule finds expired only gets the successor. One transaction, at most
 * `batch` keys; where that fails one each, so that a key which cannot be replaced keeps no other waiting.
 * @returns how many it replaced; to be called again until it is none
 * @throws where none of what is due can be replaced
 */
export async function replaceDue(now = new Date(), { batch = 500 } = {}): Promise<number> {
  try {
    return await replaceBatch(now, batch)
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    const replaced = await replaceOneByOne(now, batch)
    if (replaced === 0) throw error
    return replaced
  }
}

async function replaceOneByOne(now: Date, batch: number): Promise<number> {
  let replaced = 0
  for (const keyId of await findDueKeys(now, batch))
    try {
      replaced += await replaceBatch(now, 1, keyId)
    } catch (error) {
      const cause = String((error as Error).cause ?? error)
      logger().error({ keyId, cause }, 'organization key: not replaced, will try again')
    }
  return replaced
}

async function replaceBatch(now: Date, batch: number, only?: string): Promise<number> {
  return db().transaction(async (tx) => {
    const due = await lockDueKeys(tx, now, batch, only)
    if (due.length === 0) return 0
    // Before anything else is written, as when a key is issued.
    await signerAt(tx, now, env().MASTER_KEY)
    const replacements = due.map((key) => plan(key, now))
    await endKeys(
      tx,
      replacements.map(({ key, successor, acceptedUntil }) => ({
        id: key.id,
        organizationId: key.organizationId,
        successorId: successor.id,
        revokedAt: acceptedUntil && now,
        acceptedUntil,
      })),
    )
    await insertGenerations(
      tx,
      replacements.map(({ successor }) => successor),
    )
    await raiseReplacements(tx, replacements, now)
    await recordEntries(tx, replacements.map(entryOf), now)
    return due.length
  })
}

function plan(key: DueKey, now: Date) {
  return {
    key,
    acceptedUntil: stateOf(key, now) === 'active' ? graceEnd(key, now) : null,
    successor: makeGeneration({
      organizationId: key.organizationId,
      id: newId('key'),
      createdAt: now,
      createdBy: null,
      expiresAt: scheduledExpiry(now, key.replaceEveryDays),
    }),
  }
}

function entryOf({ key, successor, acceptedUntil }: Replacement): Entry {
  return {
    actor: { kind: 'schedule', organizationId: key.organizationId },
    event: {
      action: 'organization-key.replaced',
      subjectKind: 'organization-key',
      subjectId: key.id,
      details: {
        key: maskedKey(key),
        acceptedUntil: acceptedUntil?.toISOString() ?? null,
        successor: maskedKey(successor),
        successorId: successor.id,
        successorExpiresAt: successor.expiresAt.toISOString(),
      },
    },
  }
}

import { timingSafeEqual } from 'node:crypto'
import { db } from '@/db/client'
import { done, refuse } from '@/lib/outcome'
import { isGood, triesPerCode, wrongTriesPerDay } from './limits'
import { hashCode } from './send-code'
import {
  type CodeTarget,
  countWrongTry,
  databaseNow,
  lockAddress,
  markUsed,
  newestCode,
  wrongTriesSince,
} from './store'

/**
 * Uses a code up. Works once; at most 5 tries a code and 20 wrong ones an account and day, counted in Postgres
 * and therefore across sessions, resends, restarts and parallel requests.
 * @param at the moment; the database's clock when absent
 */
export async function redeemCode(target: CodeTarget, code: string, at?: Date) {
  return db().transaction(async (tx) => {
    await lockAddress(tx, target.email)
    const now = at ?? (await databaseNow(tx))
    if ((await wrongTriesSince(tx, target, new Date(now.getTime() - 86_400_000))) >= wrongTriesPerDay) {
      return refuse('too-many-tries')
    }
    const sent = await newestCode(tx, target)
    if (!sent || !isGood(sent, now)) return refuse('code-over')
    if (!equal(sent.codeHash, hashCode(target, code.replace(/\s/g, '')))) {
      await countWrongTry(tx, sent.id, now)
      return refuse('wrong-code', { triesLeft: triesPerCode - sent.wrongTries - 1 })
    }
    await markUsed(tx, sent.id, now)
    return done()
  })
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

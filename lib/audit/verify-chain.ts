import { and, asc, eq, gt } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { auditEvents, auditHeads } from '@/db/schema'
import { done, refuse } from '@/lib/outcome'
import { chainStart, hashEvent } from './chain'

const batchSize = 1000

/**
 * Walks a chain from its first event to its end, on one snapshot. Refuses with `broken` and the first sequence
 * number at which the log is not what was recorded. Whoever rewrites every later event and the chain's end as
 * well is found out only by comparing with an earlier export.
 */
export async function verifyChain(chain: string) {
  return db().transaction(
    async (tx) => {
      const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.chain, chain))
      let sequence = 0
      let hash: Buffer = chainStart
      for (;;) {
        const events = await eventsAfter(tx, chain, sequence)
        for (const event of events) {
          const fits = event.sequence === sequence + 1 && hash.equals(event.previousHash)
          if (!fits || !hashEvent(hash, event).equals(event.hash))
            return refuse('broken', { sequence: sequence + 1 })
          ;({ sequence, hash } = event)
        }
        if (events.length < batchSize) break
      }
      const isWhole = head ? head.sequence === sequence && hash.equals(head.hash) : sequence === 0
      return isWhole ? done({ events: sequence }) : refuse('broken', { sequence: sequence + 1 })
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function eventsAfter(tx: Transaction, chain: string, sequence: number) {
  return tx
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.chain, chain), gt(auditEvents.sequence, sequence)))
    .orderBy(asc(auditEvents.sequence))
    .limit(batchSize)
}

import { type SQL, sql } from 'drizzle-orm'
import type { NoticeKind } from '@/lib/notices/kinds'

/**
 * Whether there is no such notice about a key yet. A look-up for each key rather than a join: Postgres learns late how
 * many notices a morning has brought, and until then it may join each of them with each key.
 * @param which asks for the occasion
 */
export function isUntold(keyId: SQL, kind: NoticeKind, which: SQL): SQL {
  return sql`(select true from notices where notices.subject_id = ${keyId} and notices.kind = ${kind} and ${which} limit 1) is null`
}

import { type SQL, sql } from 'drizzle-orm'

/** Whose notices, in which of their organizations; the door has checked the membership. */
export type Reader = { userId: string; organizationId: string }

/** A moment with the microseconds that Postgres keeps, as a place in a list needs it. */
export const exactAt = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

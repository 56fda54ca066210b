import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { memberships, organizations, sessions, users } from '@/db/schema'
import type { Role } from './permissions'

export const sessionDays = 7

export type Membership = { organizationId: string; organizationName: string; role: Role }

export type Session = {
  sessionHash: string
  userId: string
  email: string
  name: string
  steppedUpAt: Date | null
  shownOrganizationId: string | null
  /** The platform's own staff. */
  isSupport: boolean
  memberships: Membership[]
}

/** Only this leaves the process as a cookie; the table holds its hash. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')

export const hashSessionToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/** Begins a session and answers the cookie's value. */
export async function createSession(tx: Transaction, userId: string, now: Date): Promise<string> {
  const token = newSessionToken()
  const expires = new Date(now.getTime() + sessionDays * 86_400_000)
  await tx.insert(sessions).values({ sessionToken: hashSessionToken(token), userId, expires, createdAt: now })
  return token
}

/** The session behind a cookie with what its person may do right now; read anew at every request. */
export async function findSession(token: string, now = new Date()): Promise<Session | null> {
  const rows = await db()
    .select({
      sessionHash: sessions.sessionToken,
      userId: users.id,
      email: users.email,
      name: users.name,
      steppedUpAt: sessions.steppedUpAt,
      shownOrganizationId: sessions.shownOrganizationId,
      isSupport: users.isSupport,
      role: memberships.role,
      organizationId: organizations.id,
      organizationName: organizations.name,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .leftJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(and(eq(sessions.sessionToken, hashSessionToken(token)), gt(sessions.expires, now)))
    .orderBy(organizations.name)
  const [first] = rows
  if (!first) return null
  return {
    sessionHash: first.sessionHash,
    userId: first.userId,
    email: first.email,
    name: first.name ?? first.email,
    steppedUpAt: first.steppedUpAt,
    shownOrganizationId: first.shownOrganizationId,
    isSupport: first.isSupport,
    memberships: rows.flatMap(({ organizationId, organizationName, role }) =>
      organizationId && organizationName && role ? [{ organizationId, organizationName, role }] : [],
    ),
  }
}

export async function endSession(sessionHash: string): Promise<void> {
  await db().delete(sessions).where(eq(sessions.sessionToken, sessionHash))
}

/** Signs a person out everywhere. */
export async function endSessionsOf(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId))
}

/** Remembers which organization the console shows; the caller has checked the membership. */
export async function showOrganization(
  sessionHash: string,
  organizationId: string,
  tx: Pick<Transaction, 'update'> = db(),
): Promise<void> {
  await tx
    .update(sessions)
    .set({ shownOrganizationId: organizationId })
    .where(eq(sessions.sessionToken, sessionHash))
}

/** The membership that the console shows: the chosen one while it lasts, else the first. */
export function shownMembership(session: Session): Membership | null {
  const chosen = session.memberships.find((m) => m.organizationId === session.shownOrganizationId)
  return chosen ?? session.memberships[0] ?? null
}

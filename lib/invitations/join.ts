import { eq } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { users } from '@/db/schema'
import { type Entry, recordEntries } from '@/lib/audit/record'
import { actorOf, type RequestSource } from '@/lib/auth/actor'
import { createSession, hashSessionToken, showOrganization } from '@/lib/auth/session'
import { signInEntries } from '@/lib/auth/sign-in'
import { joinGroups } from '@/lib/groups/store'
import { newId } from '@/lib/id'
import { insertMember, lockMembers } from '@/lib/members/store'
import { redeemCode } from '@/lib/otp/redeem-code'
import { done, refuse } from '@/lib/outcome'
import type { Join } from './inputs'
import { joinTarget } from './join-code'
import { isOver } from './limits'
import {
  endInvitation,
  findByToken,
  groupsOfInvitation,
  type InvitationRow,
  lockOpenInvitation,
} from './store'
import { digestOf } from './token'

/**
 * Accepts an invitation with the mailed code, for a new account or the one of that address, and signs in: answers the
 * session cookie's value. Refuses with `invitation-over`, or as lib/otp does.
 */
export async function join(
  { token, code, name }: Join,
  browser: string,
  from: RequestSource,
  now = new Date(),
  at?: Date,
) {
  const found = await findByToken(digestOf(token))
  if (!found || isOver(found, now)) return refuse('invitation-over')
  const used = await redeemCode(joinTarget(found, browser), code, at)
  if (!used.ok) return used
  return db().transaction(async (tx) => {
    await lockMembers(tx, found.organizationId)
    const invitation = await lockOpenInvitation(tx, found.organizationId, found.id)
    if (!invitation) return refuse('invitation-over')
    const user = await takeUser(tx, invitation.email, name, now)
    const sessionToken = await createSession(tx, user.id, now)
    const sessionHash = hashSessionToken(sessionToken)
    const by = { ...from, sessionHash }
    const joined = await becomeMember(tx, invitation, { user, ...by }, now)
    await endInvitation(tx, invitation, { acceptedAt: now })
    await showOrganization(sessionHash, invitation.organizationId, tx)
    await recordEntries(tx, [...joined, ...(await signInEntries(tx, user, by, 'code'))], now)
    return done({ sessionToken })
  })
}

type UserRow = typeof users.$inferSelect

/** The account of an address, which is made when there is none; who has a name keeps it. */
async function takeUser(tx: Transaction, email: string, name: string | null, now: Date): Promise<UserRow> {
  await tx
    .insert(users)
    .values({ id: newId('usr'), email, name, createdAt: now })
    .onConflictDoNothing({ target: users.email })
  const [user] = await tx.select().from(users).where(eq(users.email, email)).for('update')
  if (!user) throw new Error('the user was not written')
  if (user.name !== null || name === null) return user
  await tx.update(users).set({ name }).where(eq(users.id, user.id))
  return { ...user, name }
}

/** Whoever is a member already, by another way, keeps their role. Answers what the audit log says of it. */
async function becomeMember(
  tx: Transaction,
  invitation: InvitationRow,
  { user, ...by }: { user: UserRow; sessionHash: string } & RequestSource,
  now: Date,
): Promise<Entry[]> {
  const { id, organizationId, role } = invitation
  const isNew = await insertMember(tx, { organizationId, userId: user.id, role, createdAt: now })
  if (!isNew) return []
  const groups = await joinGroups(tx, organizationId, user.id, await groupsOfInvitation(tx, invitation))
  return [
    {
      actor: actorOf(user, { organizationId, role }, by),
      event: {
        action: 'member.joined',
        subjectKind: 'user',
        subjectId: user.id,
        details: {
          email: user.email,
          role,
          groups: groups.map((group) => group.name).join(', '),
          invitationId: id,
        },
      },
    },
  ]
}

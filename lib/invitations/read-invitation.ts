import type { MemberRole } from '@/lib/members/roles'
import { isOver } from './limits'
import { findByToken } from './store'
import { digestOf } from './token'

/** What whoever holds the link may know. */
export type InvitationView = {
  organizationName: string
  email: string
  role: MemberRole
  expiresAt: string
}

/** Reads only: mail scanners open links. Null where a link is unknown, used, withdrawn or expired: all look alike. */
export async function readInvitation(token: string, now = new Date()): Promise<InvitationView | null> {
  const found = await findByToken(digestOf(token))
  if (!found || isOver(found, now)) return null
  const { organizationName, email, role, expiresAt } = found
  return { organizationName, email, role, expiresAt: expiresAt.toISOString() }
}

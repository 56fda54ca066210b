import { platformChain } from '@/lib/audit/chain'
import { refuse } from '@/lib/outcome'
import type { RequestSource, UserActor } from './actor'
import { can, type Permission, type Role } from './permissions'
import type { Session } from './session'

/**
 * Makes the actor of an action out of the session: the membership in the named organization decides, not the page
 * that showed the button. A foreign organization and one that does not exist answer the same.
 */
export function authorize(
  session: Session | null,
  organizationId: unknown,
  permission: Permission,
  from: RequestSource,
) {
  if (!session) return refuse('signed-out')
  const membership = session.memberships.find((m) => m.organizationId === organizationId)
  if (!membership || !can(membership.role, permission)) return refuse('forbidden')
  return allow(session, membership.role, membership.organizationId, from)
}

/**
 * The same for the platform's staff, who act in no organization: what they may do to one is what their permissions
 * name, and never follows from a membership.
 */
export function authorizeSupport(session: Session | null, permission: Permission, from: RequestSource) {
  if (!session) return refuse('signed-out')
  if (!session.isSupport || !can('support', permission)) return refuse('forbidden')
  return allow(session, 'support', platformChain, from)
}

function allow(session: Session, role: Role, organizationId: string, from: RequestSource) {
  const actor: UserActor = {
    kind: 'user',
    userId: session.userId,
    email: session.email,
    name: session.name,
    role,
    organizationId,
    sessionHash: session.sessionHash,
    steppedUpAt: session.steppedUpAt,
    ...from,
  }
  return { ok: true as const, actor }
}

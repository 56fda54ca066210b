import { can, type Permission, type Role } from '@/lib/auth/permissions'

/** The roles in an organization, the one that may do most first. `support` is the platform's own. */
export const memberRoles = ['admin', 'developer', 'auditor', 'member'] as const satisfies readonly Role[]
export type MemberRole = (typeof memberRoles)[number]

export const roleNames: Record<MemberRole, string> = {
  admin: 'Admin',
  developer: 'Developer',
  auditor: 'Auditor',
  member: 'Member',
}

/** What each role is for, in a line. */
export const roleLines: Record<MemberRole, string> = {
  admin: 'May do everything: keys, settings and members.',
  developer: 'Creates and manages service keys; never sees the organization key.',
  auditor: 'Sees keys, requests and members, and changes nothing.',
  member: 'Gets notifications, and nothing else.',
}

/** What people can do, each by the permission that it hangs on. */
const abilities: readonly (readonly [Permission, string])[] = [
  ['organization-keys:reveal', 'view, replace and revoke the organization key'],
  ['organization-keys:read', 'see the state of the organization key'],
  ['service-keys:generate', 'generate, change and delete service keys'],
  ['service-keys:read', 'see service keys'],
  ['general:change', 'change the API settings'],
  ['general:read', 'see the API settings'],
  ['media:request-limit', 'ask for a larger media limit'],
  ['requests:read', 'search and export requests'],
  ['members:invite', 'invite, change and remove members'],
  ['members:read', 'see who is a member'],
]

/** What a person can do no longer when their role changes. Pure. */
export function lossesOf(from: MemberRole, to: MemberRole): string[] {
  return abilities
    .filter(([permission]) => can(from, permission) && !can(to, permission))
    .map(([, words]) => words)
}

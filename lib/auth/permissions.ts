/** Who may do what: one row a permission. Screens, server actions and the API all read this table. */
export const roles = ['admin', 'developer', 'auditor', 'member', 'support'] as const
export type Role = (typeof roles)[number]

const table = {
  'organization-keys:read': ['admin', 'auditor'],
  'organization-keys:issue': ['admin'],
  'organization-keys:test': ['admin'],
  'organization-keys:reveal': ['admin'],
  'organization-keys:revoke': ['admin'],
  'organization-keys:set-expiry': ['admin'],
  'organization-keys:remove-expiration': ['admin'],
  'organization-keys:restore-expiration': ['admin'],
  'organization-keys:delete': ['admin'],
  'organization-keys:set-replacement-interval': ['admin'],
  'service-keys:read': ['admin', 'developer', 'auditor'],
  'service-keys:generate': ['admin', 'developer'],
  'service-keys:edit': ['admin', 'developer'],
  'service-keys:rotate': ['admin', 'developer'],
  'service-keys:enable': ['admin', 'developer'],
  'service-keys:disable': ['admin', 'developer'],
  'service-keys:delete': ['admin', 'developer'],
  'general:read': ['admin', 'developer', 'auditor'],
  'general:change': ['admin'],
  'requests:read': ['admin', 'developer', 'auditor'],
  'notifications:read': ['admin', 'developer', 'auditor', 'member'],
  'notifications:mark-read': ['admin', 'developer', 'auditor', 'member'],
  'notifications:read-delivery': ['admin'],
  'members:read': ['admin', 'auditor'],
  'members:invite': ['admin'],
  'members:change-role': ['admin'],
  'members:remove': ['admin'],
  'members:leave': ['admin', 'developer', 'auditor', 'member'],
  'groups:change': ['admin'],
  'media:read': ['admin'],
  'media:request-limit': ['admin'],
  'support-desk:read': ['support'],
  'support-desk:set-media-limit': ['support'],
  'support-desk:answer-request': ['support'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof table

export const permissions = Object.keys(table) as Permission[]

export function can(role: Role | null, permission: Permission): boolean {
  return role !== null && (table[permission] as readonly Role[]).includes(role)
}

import type { NoticeKind } from './kinds'

/** Who hears of something: those who asked for Account alerts, the organization's admins, or both. */
export const audiences = {
  'organization-key-replaced': { alerts: true, admins: true },
  'organization-key-ending': { alerts: true, admins: false },
  'organization-key-issued': { alerts: false, admins: true },
  'organization-key-revealed': { alerts: false, admins: true },
  'organization-key-revoked': { alerts: false, admins: true },
  'organization-key-expiration-removed': { alerts: false, admins: true },
  'organization-key-expiration-restored': { alerts: false, admins: true },
  'organization-key-deleted': { alerts: false, admins: true },
  'organization-key-interval-set': { alerts: false, admins: true },
  'admin-ended': { alerts: false, admins: true },
  'media-limit-decided': { alerts: false, admins: true },
  'service-key-ending': { alerts: true, admins: false },
  'service-key-expired': { alerts: true, admins: false },
} as const satisfies Record<NoticeKind, { alerts: boolean; admins: boolean }>

/** Why somebody gets a notice, as a mail says it at its end. */
export function audienceText(kind: NoticeKind, organizationName: string): string {
  const { alerts, admins } = audiences[kind]
  const admin = `are an admin of ${organizationName}`
  if (!alerts) return `You get this because you ${admin}.`
  const subscribed = `in a group of ${organizationName} that is subscribed to Account alerts`
  return admins
    ? `You get this because you ${admin}, or ${subscribed}.`
    : `You get this because you are ${subscribed}.`
}

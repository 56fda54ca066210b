import type { OrganizationKeysView, OrganizationKeyView } from '@/lib/organization-keys/view'

export type DialogName = 'view' | 'revoke' | 'created' | 'remove' | 'restore' | 'delete'

export type Open = { dialog: DialogName; keyId: string }

export type DialogProps = {
  organizationId: string
  keyShown: OrganizationKeyView
  view: OrganizationKeysView
  apiUrl: string
  /** Closes this dialog, or goes on to another one. */
  next: (open: Open | null) => void
  /** Reads the table anew; resolves when it shows what is true now. */
  refresh: () => Promise<unknown>
}

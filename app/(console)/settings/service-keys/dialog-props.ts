import type { ServiceKeyView } from '@/lib/service-keys/view'

export type DialogName =
  | 'generate'
  | 'edit'
  | 'rotate'
  | 'enable'
  | 'disable'
  | 'delete'
  | 'disable-many'
  | 'delete-many'

export type DialogProps = {
  organizationId: string
  /** What the dialog is about: one key, the selected ones, or none. */
  keys: ServiceKeyView[]
  apiUrl: string
  /** From where the reader opened the page, as far as that is known. */
  ownAddress: string | null
  close: () => void
  /** Reads the table anew; resolves when it shows what is true now. */
  refresh: () => Promise<void>
}

export type OneKeyProps = Omit<DialogProps, 'keys'> & { keyShown: ServiceKeyView }

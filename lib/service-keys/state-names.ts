import type { ServiceKeyState } from './lifecycle'

/** What a state is called on every screen and in every export. */
export const stateNames: Record<ServiceKeyState, string> = {
  active: 'Active',
  disabled: 'Disabled',
  expired: 'Expired',
  deleted: 'Deleted',
}

import { can, type Role } from '@/lib/auth/permissions'
import { type ServiceKeyVerb, serviceKeyVerbs } from '@/lib/service-keys/lifecycle'

/** What somebody may do here; each has a permission of its own. */
export type Act = 'generate' | ServiceKeyVerb

const allActs: readonly Act[] = ['generate', ...serviceKeyVerbs]

export function actsOf(role: Role): Act[] {
  return allActs.filter((act) => can(role, `service-keys:${act}`))
}

/** Whether a row has a menu. */
export function hasMenu(acts: readonly Act[]): boolean {
  return serviceKeyVerbs.some((verb) => acts.includes(verb))
}

/** Whether rows can be selected: there is something to do with several at once. */
export function hasSelection(acts: readonly Act[]): boolean {
  return acts.includes('disable') || acts.includes('delete')
}

import { z } from 'zod'
import { isStorable } from '@/lib/storable'
import { parseCursor } from './cursor'
import { memberRoles } from './roles'

export const userIdInput = z.string().regex(/^usr_[0-9A-Za-z-]{1,60}$/, 'Choose a member.')
export const groupIdInput = z.string().regex(/^grp_[0-9A-Za-z]{1,40}$/, 'Choose a group.')
export const roleInput = z.enum(memberRoles, 'Choose a role.')

/** `from` is the role that the screen showed: nobody changes what they have not seen. */
export const changeRoleInput = z.strictObject({ userId: userIdInput, from: roleInput, role: roleInput })
export const removeMemberInput = z.strictObject({ userId: userIdInput })
export const leaveInput = z.strictObject({})

export type ChangeRole = z.output<typeof changeRoleInput>

const searchParameters = z.object({
  q: z.string().trim().max(200).refine(isStorable).catch(''),
  role: roleInput.nullable().catch(null),
  group: groupIdInput.nullable().catch(null),
  after: z.string().max(2_000).transform(parseCursor).catch(null),
})

export type MemberSearch = z.output<typeof searchParameters>

/** What the list's address asks for; whatever makes no sense there is left out. */
export function parseSearch(parameters: Record<string, unknown>): MemberSearch {
  return searchParameters.parse(parameters)
}

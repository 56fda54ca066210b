'use server'

import { cookies } from 'next/headers'
import { action } from '@/lib/action'
import { deleteCookie } from '@/lib/auth/cookies'
import { changeGroups as changeGroupsVerb } from '@/lib/groups/change-groups'
import { createGroup as createGroupVerb } from '@/lib/groups/create-group'
import { deleteGroup as deleteGroupVerb } from '@/lib/groups/delete-group'
import {
  changeGroupsInput,
  createGroupInput,
  deleteGroupInput,
  renameGroupInput,
  setAccountAlertsInput,
} from '@/lib/groups/inputs'
import { renameGroup as renameGroupVerb } from '@/lib/groups/rename-group'
import { setAccountAlerts as setAlertsVerb } from '@/lib/groups/set-account-alerts'
import { invitationInput, inviteInput } from '@/lib/invitations/inputs'
import { invite } from '@/lib/invitations/invite'
import { resendInvitation as resendVerb } from '@/lib/invitations/resend'
import { withdrawInvitation as withdrawVerb } from '@/lib/invitations/withdraw'
import { changeRole as changeRoleVerb } from '@/lib/members/change-role'
import { changeRoleInput, leaveInput, removeMemberInput } from '@/lib/members/inputs'
import { leave } from '@/lib/members/leave'
import { removeMember as removeVerb } from '@/lib/members/remove'

export const inviteMembers = action('members:invite', inviteInput, (input, actor) => invite(input, actor))

export const resendInvitation = action('members:invite', invitationInput, (input, actor) =>
  resendVerb(input, actor),
)

export const withdrawInvitation = action('members:invite', invitationInput, (input, actor) =>
  withdrawVerb(input, actor),
)

export const changeRole = action('members:change-role', changeRoleInput, (input, actor) =>
  changeRoleVerb(input, actor),
)

export const removeMember = action('members:remove', removeMemberInput, (input, actor) =>
  removeVerb(input, actor),
)

export const leaveOrganization = action('members:leave', leaveInput, async (_, actor) => {
  const outcome = await leave(actor)
  if (outcome.ok && outcome.value.isSignedOut) deleteCookie(await cookies(), 'session')
  return outcome
})

export const createGroup = action('groups:change', createGroupInput, (input, actor) =>
  createGroupVerb(input, actor),
)

export const renameGroup = action('groups:change', renameGroupInput, (input, actor) =>
  renameGroupVerb(input, actor),
)

export const deleteGroup = action('groups:change', deleteGroupInput, (input, actor) =>
  deleteGroupVerb(input, actor),
)

export const changeGroups = action('groups:change', changeGroupsInput, (input, actor) =>
  changeGroupsVerb(input, actor),
)

export const setAccountAlerts = action('groups:change', setAccountAlertsInput, (input, actor) =>
  setAlertsVerb(input, actor),
)

import { z } from 'zod'
import { groupIdInput, userIdInput } from '@/lib/members/inputs'
import { oneLineName } from '@/lib/one-line-name'

/** So many groups an organization has at most: they are chosen from a list. */
export const mostGroups = 100

const name = oneLineName('Enter a name.')

export const groupIdsInput = z.array(groupIdInput).max(mostGroups, `Choose ${mostGroups} groups at most.`)

export const createGroupInput = z.strictObject({ name, accountAlerts: z.boolean() })
export const renameGroupInput = z.strictObject({ groupId: groupIdInput, name })
export const deleteGroupInput = z.strictObject({ groupId: groupIdInput })
export const setAccountAlertsInput = z.strictObject({ groupId: groupIdInput, on: z.boolean() })

/** What changes, not what is: another admin may change other groups of the same person meanwhile. */
export const changeGroupsInput = z.strictObject({
  userId: userIdInput,
  join: groupIdsInput,
  leave: groupIdsInput,
})

export type CreateGroup = z.output<typeof createGroupInput>
export type RenameGroup = z.output<typeof renameGroupInput>
export type SetAccountAlerts = z.output<typeof setAccountAlertsInput>
export type ChangeGroups = z.output<typeof changeGroupsInput>

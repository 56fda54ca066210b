import { z } from 'zod'
import { groupIdsInput } from '@/lib/groups/inputs'
import { roleInput } from '@/lib/members/inputs'
import { oneLineName } from '@/lib/one-line-name'
import { mostAddressesAtOnce } from './limits'

const address = z.string().max(254).pipe(z.email())

/** Addresses with spaces, commas, semicolons or line breaks between them, each once and in lower case. */
const addresses = z
  .string('Enter an email address.')
  .max(10_000, `Enter ${mostAddressesAtOnce} addresses at most.`)
  .transform((text, context) => {
    const given = [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((each) => each !== '')
    const wrong = given.find((each) => !address.safeParse(each).success)
    if (given.length === 0) context.addIssue('Enter an email address.')
    else if (wrong) context.addIssue(`“${wrong.slice(0, 100)}” is not an email address.`)
    else if (given.length > mostAddressesAtOnce)
      context.addIssue(`Enter ${mostAddressesAtOnce} addresses at most.`)
    return given
  })

export const inviteInput = z.strictObject({ addresses, role: roleInput, groupIds: groupIdsInput })

export const invitationInput = z.strictObject({
  invitationId: z.string().regex(/^inv_[0-9A-Za-z]{1,40}$/, 'Name an invitation by its id.'),
})

const token = z.string().max(100)

export const sendJoinCodeInput = z.strictObject({ token })
export const joinInput = z.strictObject({
  token,
  code: z.string().max(20),
  /** Taken where the person has no name yet. */
  name: z.union([z.literal('').transform(() => null), oneLineName('Enter a name, or leave it out.')], {
    error: ({ errors }) => wordsOf(errors),
  }),
})

export type Invite = z.output<typeof inviteInput>
export type Join = z.output<typeof joinInput>

function wordsOf(errors: readonly (readonly { message: string }[])[] | undefined): string {
  return errors?.at(-1)?.[0]?.message ?? 'Enter a name, or leave it out.'
}

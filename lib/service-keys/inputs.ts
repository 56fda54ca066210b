import { z } from 'zod'
import { accessLevels } from '@/lib/keys/access-level'
import { rangeProblemText, readRanges } from '@/lib/keys/ip-ranges'
import { isShort, oneLineName, tooLong } from '@/lib/one-line-name'
import { isStorable } from '@/lib/storable'
import { longestOverlapHours } from './lifecycle'

/** Bulk verbs take this many keys at once. */
const mostKeysAtOnce = 100
/** Far more than any hundred ranges need, so that nobody makes the server read a novel. */
const longestRangesText = 20_000
/** Postgres and JavaScript agree on the years before. */
const latest = Date.UTC(9999, 0, 1)

export const serviceKeyIdInput = z.string().regex(/^key_[0-9A-Za-z]{22}$/, 'Name a key by its id.')
export const serviceUserIdInput = z
  .string()
  .regex(/^su_[0-9A-Za-z]{22}$/, { error: 'Choose a service user.', abort: true })
const secretIdWords = 'Name a secret by its id.'
const secretId = z.string(secretIdWords).regex(/^sec_[0-9A-Za-z]{22}$/, secretIdWords)

const keyName = oneLineName('Enter a name.')

const accessLevel = z.enum(accessLevels, 'Choose an access level.')

const moment = z.iso
  .datetime({ offset: true, error: 'Enter a date and a time.' })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() < latest, 'Enter a date before the year 9999.')

/** One range a line, or a list of them; what comes out is canonical. */
const allowedRanges = z
  .union([z.string(), z.array(z.string())], 'Enter IP ranges, one a line.')
  .transform((given, context) => {
    const text = typeof given === 'string' ? given : given.join('\n')
    if (text.length > longestRangesText) {
      context.addIssue('Use 100 ranges at most.')
      return z.NEVER
    }
    const { ranges, problems } = readRanges(text)
    for (const { line, problem } of problems) context.addIssue(`Line ${line}: ${rangeProblemText(problem)}`)
    return ranges
  })

/** At a gateway `none` says that it is the organization's own key (lib/api/prepared.ts). */
const serviceUserName = oneLineName('Choose a service user.').refine(
  (text) => text.toLowerCase() !== 'none',
  { error: 'Choose another name: at gateways “none” says that it is no service user.', abort: true },
)

const serviceUser = z.union(
  [z.strictObject({ id: serviceUserIdInput }), z.strictObject({ name: serviceUserName })],
  { error: ({ errors }) => wordsOf(errors) },
)

export const generateInput = z.strictObject({
  name: keyName,
  serviceUser,
  accessLevel,
  allowedRanges,
  /** Null: never expires. */
  expiresAt: moment.nullable(),
})

export const editInput = z.strictObject({
  keyId: serviceKeyIdInput,
  name: keyName,
  accessLevel,
  allowedRanges,
  /** `changedAt` of the key as the asker saw it. */
  changedAt: moment,
})

export const rotateInput = z.strictObject({
  keyId: serviceKeyIdInput,
  /** The current secret as the asker saw it. */
  secretId,
  overlapHours: z
    .number('Enter a number of hours.')
    .int('Enter whole hours.')
    .min(0, `Enter 0 to ${longestOverlapHours} hours.`)
    .max(longestOverlapHours, `Enter 0 to ${longestOverlapHours} hours.`)
    .default(0),
})

export const serviceKeyInput = z.strictObject({ keyId: serviceKeyIdInput })

export const deleteInput = z.strictObject({
  keyId: serviceKeyIdInput,
  typedName: z.string().max(400).optional(),
})

const keyIds = z
  .array(serviceKeyIdInput)
  .min(1, 'Choose a key.')
  .max(mostKeysAtOnce, `Choose ${mostKeysAtOnce} keys at most.`)

export const disableManyInput = z.strictObject({ keyIds })

export const deleteManyInput = z.strictObject({ keyIds, typedCount: z.int().optional() })

/** SHA-256 of a pasted key in hexadecimal digits; the key itself stays in the browser. */
const digestInput = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Paste a whole key.')
  .transform((text) => Buffer.from(text, 'hex'))

export const searchTextInput = z
  .string()
  .refine(isStorable, 'Use plain text.')
  .transform((text) => text.normalize('NFC').trim())
  .refine(isShort, tooLong)

export const findByDigestInput = z.strictObject({ digest: digestInput })

export const searchServiceUsersInput = z.strictObject({ text: searchTextInput })

export type GenerateInput = z.output<typeof generateInput>
export type EditInput = z.output<typeof editInput>
export type RotateInput = z.output<typeof rotateInput>
export type DeleteInput = z.output<typeof deleteInput>

/** Of what both ways to name a service user say, what the newer one does: it is the one that is typed. */
function wordsOf(errors: readonly (readonly { message: string }[])[] | undefined): string {
  return errors?.at(-1)?.[0]?.message ?? 'Choose a service user.'
}

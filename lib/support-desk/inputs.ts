import { z } from 'zod'
import { largestMediaLimitBytes } from '@/lib/media/limit'
import { longestReason } from '@/lib/media/longest-reason'
import { isStorable } from '@/lib/storable'

const organizationId = z.string().regex(/^org_[0-9A-Za-z]{1,40}$/)
const requestId = z.string().regex(/^mlr_[0-9A-Za-z]{1,40}$/)

const reason = z
  .string({ error: 'Enter a reason.' })
  .trim()
  .min(1, 'Enter a reason.')
  .max(longestReason, `Use ${longestReason} characters at most.`)
  .refine(isStorable, 'Use plain text.')

const outOfBounds = 'Enter a size from 1 byte to 100 MiB.'

const change = {
  organizationId,
  bytes: z
    .number({ error: 'Enter a size.' })
    .int('Enter a whole number of bytes.')
    .min(1, outOfBounds)
    .max(largestMediaLimitBytes, outOfBounds),
  /** Absent: the limit stays until it is changed again. */
  endsAt: z.iso
    .datetime({ offset: true, error: 'Choose a date and a time.' })
    .transform((text) => new Date(text))
    .optional(),
  reason,
  /** The number of the last change that the form showed; 0 when there was none. */
  seen: z.number().int().min(0).max(2_147_483_647),
}

export const setMediaLimitInput = z.strictObject(change)
export const grantRequestInput = z.strictObject({ ...change, requestId })
export const declineRequestInput = z.strictObject({ organizationId, requestId, reason })

export type SetMediaLimit = z.output<typeof setMediaLimitInput>
export type GrantRequest = z.output<typeof grantRequestInput>
export type DeclineRequest = z.output<typeof declineRequestInput>

const searchParameters = z.object({
  q: z.string().trim().max(200).refine(isStorable).catch(''),
  requests: z.literal('open').optional().catch(undefined),
  after: organizationId.optional().catch(undefined),
})

export type OrganizationSearch = { text: string; onlyOpen: boolean; after: string | null }

/** What the list's address asks for; whatever makes no sense there is left out. */
export function parseSearch(parameters: Record<string, unknown>): OrganizationSearch {
  const { q, requests, after } = searchParameters.parse(parameters)
  return { text: q, onlyOpen: requests === 'open', after: after ?? null }
}

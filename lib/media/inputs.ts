import { z } from 'zod'
import { isStorable } from '@/lib/storable'
import { longestReason } from './longest-reason'

export const requestLimitInput = z.strictObject({
  wantedBytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  reason: z
    .string()
    .trim()
    .min(1, 'Say what the larger files are for, so that support can decide.')
    .max(longestReason, `Use ${longestReason} characters at most.`)
    .refine(isStorable, 'Use plain text.'),
})

import { z } from 'zod'
import { isStorable } from '@/lib/storable'
import { maxLifeDays } from './lifecycle'

const keyId = z.string().regex(/^key_[0-9A-Za-z]{22}$/)
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

export const keyInput = z.strictObject({ keyId })

export const setExpiryInput = z.strictObject({ keyId, expiresAt: moment })

export const removeExpirationInput = z.strictObject({
  keyId,
  reason: z
    .string()
    .trim()
    .max(500, 'Use 500 characters at most.')
    .refine(isStorable, 'Use plain text.')
    .optional(),
  reviewOn: z.iso
    .date('Choose a date.')
    .refine((day) => day >= '1970', 'Choose a date.')
    .optional(),
})

export const restoreExpirationInput = z.strictObject({ keyId, expiresAt: moment.optional() })

export const confirmCodeInput = z.strictObject({ keyId, code: z.string().max(20) })

export const replacementIntervalInput = z.strictObject({
  days: z
    .number({ error: 'Enter a number of days.' })
    .int('Enter whole days.')
    .min(1, `Enter 1 to ${maxLifeDays} days.`)
    .max(maxLifeDays, `Enter 1 to ${maxLifeDays} days.`),
})

export const noInput = z.strictObject({})

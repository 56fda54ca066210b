import { z } from 'zod'

const shown = z.string().max(100)

export const isoUtcFormatInput = z.strictObject({ on: z.boolean() })

/** `from` is what the screen showed: who changes it must have seen what is there. */
export const timeZoneInput = z.strictObject({ from: shown, timeZone: z.string().max(100) })

export const requestIdHeaderInput = z.strictObject({
  from: shown,
  name: z.string().max(10_000, 'Use 64 characters at most.'),
})

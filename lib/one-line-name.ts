import { z } from 'zod'
import { isStorable } from './storable'

export const longestName = 100

/** One line that can be read on screen: control characters, line breaks and changes of direction could hide in it. */
export const oneLineName = (missing: string) =>
  z
    .string(missing)
    .refine(isStorable, 'Use plain text.')
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), missing)
    .refine((text) => [...text].length <= longestName, `Use ${longestName} characters at most.`)
    .refine(
      (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text),
      'Use one line of plain text.',
    )

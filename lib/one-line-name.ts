import { z } from 'zod'
import { holdsToken } from './keys/holds-token'
import { asItLooks } from './keys/looks-like-key'
import { isStorable } from './storable'

const longestName = 100
export const tooLong = `Use ${longestName} characters at most.`
export const isShort = (text: string) => [...text].length <= longestName
/** A blank of Braille is a symbol, and looks like none. */
const isVisible = (text: string) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(asItLooks(text).replaceAll('\u2800', ''))
/** Control characters, line breaks and changes of direction could hide in it what it says. */
const isOneLine = (text: string) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text)

/**
 * What people call something. The first thing that is wrong is said, and at the field itself: hence each rule is the
 * last one where it fails.
 */
export const oneLineName = (missing: string) =>
  z
    .string(missing)
    .refine(isStorable, { error: 'Use plain text.', abort: true })
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/\p{Zs}+/gu, ' ')
        .trim(),
    )
    .refine(isVisible, { error: missing, abort: true })
    .refine(isShort, { error: tooLong, abort: true })
    .refine(isOneLine, { error: 'Use one line of plain text.', abort: true })
    // A name is kept for ever in the audit log.
    .refine((text) => !holdsToken(asItLooks(text)), {
      error: 'This holds a key. Enter a name instead.',
      abort: true,
    })

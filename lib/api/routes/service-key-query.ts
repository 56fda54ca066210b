import { z } from '@hono/zod-openapi'
import { limitInput } from '@/lib/requests/inputs'
import { unusedDaysChoices } from '@/lib/service-keys/filter'
import { searchTextInput } from '@/lib/service-keys/inputs'
import { serviceKeyStates } from '@/lib/service-keys/lifecycle'
import { longestPage, usualPage } from '@/lib/service-keys/page'
import { parseSort, sortText, sortTexts, usualSort } from '@/lib/service-keys/sort'
import { accessLevel } from './schemas'

const oneOf = (choices: readonly string[]) => `must be one of ${choices.join(', ')}`
const yes = z.literal('true', 'must be true, or absent').transform(() => true as const)
const unusedTexts = unusedDaysChoices.map(String)

/** What the list is narrowed by, how it is ordered, and where it goes on. */
export const serviceKeyQuery = z.object({
  name: searchTextInput
    .optional()
    .openapi({ type: 'string', description: 'A part of the name, in small or capital letters.' }),
  state: z.enum(serviceKeyStates, oneOf(serviceKeyStates)).optional(),
  accessLevel: accessLevel.optional(),
  serviceUserId: z
    .string()
    .regex(/^su_[0-9A-Za-z]{22}$/, 'must be the id of a service user, such as su_…')

    .optional()
    .openapi({ type: 'string', description: 'Only keys of this service user.' }),
  unusedDays: z
    .enum(unusedTexts, oneOf(unusedTexts))
    .transform((text) => unusedDaysChoices.find((days) => String(days) === text))
    .optional()
    .openapi({
      type: 'integer',
      enum: [...unusedDaysChoices],
      description: 'Only keys that were neither made nor used within so many days.',
    }),
  isAnyAddress: yes
    .optional()
    .openapi({ type: 'boolean', enum: [true], description: 'Only keys without IP ranges.' }),
  neverExpires: yes
    .optional()
    .openapi({ type: 'boolean', enum: [true], description: 'Only keys that never expire.' }),
  sort: z
    .enum(sortTexts, oneOf(sortTexts))
    .transform((text) => parseSort(text) ?? usualSort)
    .optional()
    .openapi({
      type: 'string',
      enum: sortTexts,
      default: sortText(usualSort),
      description: 'The order; with `-` from the end.',
    }),
  cursor: z
    .string()
    .max(1_000, 'must be a nextCursor of this list')
    .optional()
    .openapi({ description: '`nextCursor` of the page before.' }),
  limit: limitInput.optional().openapi({
    type: 'integer',
    minimum: 1,
    maximum: longestPage,
    default: usualPage,
    description: 'The most keys of a page.',
  }),
})

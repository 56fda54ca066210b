import { z } from '@hono/zod-openapi'
import { mostRanges, rangeProblemText, readRange } from '@/lib/keys/ip-ranges'
import { generateInput, rotateInput } from '@/lib/service-keys/inputs'
import { mostLiveKeys } from '@/lib/service-keys/lifecycle'
import { accessLevel, customerRequestIdMember } from './schemas'
import { secretIdExample } from './service-key-data'

const { name, serviceUser } = generateInput.shape
const { secretId, overlapHours } = rotateInput.shape

const eitherIdOrName = 'must be either { "id": "su_…" } or { "name": "…" }, a name of 1 to 100 characters'

const allowedRanges = z
  .array(z.string('must be a text'), 'must be a list of IP ranges; empty: any address')
  .max(mostRanges, `must have ${mostRanges} ranges at most`)
  .transform((given, context) => {
    const ranges = given.flatMap((text, index) => {
      const reading = readRange(text)
      if (reading.ok) return [reading.range]
      context.addIssue({ code: 'custom', path: [index], message: rangeProblemText(reading.problem) })
      return []
    })
    return [...new Set(ranges)]
  })
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description:
      'From where the key may be used: IPv4 or IPv6 addresses and CIDR ranges, at most 100. Empty: from anywhere.',
    example: ['10.0.0.0/8', '2001:db8::/32'],
  })

/** RFC 3339 with its seconds and its zone: nothing is guessed. Postgres and JavaScript agree on these years. */
const expiresAt = z
  .string('must be a time such as 2026-12-31T23:59:59Z, or null: never')
  .regex(/T\d\d:\d\d:\d\d/, 'must be a time such as 2026-12-31T23:59:59Z, with its zone')
  .pipe(z.iso.datetime({ offset: true, error: 'must be a time such as 2026-12-31T23:59:59Z, with its zone' }))
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() < Date.UTC(9999, 0, 1), 'must be before the year 9999')
  .nullable()
  .openapi({
    type: ['string', 'null'],
    format: 'date-time',
    description:
      'Until when it is accepted (RFC 3339, with the zone or `Z`). `null`: it never expires. This is final: nothing gives a key another end.',
    example: '2026-12-31T23:59:59Z',
  })

export const newServiceKey = z
  .strictObject({
    name: name.openapi({ type: 'string', description: '1–100 characters.', example: 'Billing sync' }),
    serviceUser: z.union(serviceUser.options, eitherIdOrName).openapi({
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' } },
      description: `Who it is for: \`id\` of a service user, or \`name\`; a new name makes a new one. Each has at most ${mostLiveKeys} live keys.`,
      example: { name: 'billing' },
    }),
    accessLevel,
    allowedRanges,
    expiresAt,
    customerRequestId: customerRequestIdMember,
  })
  .openapi('NewServiceKey')

export const changesOfServiceKey = z
  .strictObject({
    name: name
      .optional()
      .openapi({ type: 'string', description: '1–100 characters.', example: 'Billing sync' }),
    accessLevel: accessLevel.optional(),
    allowedRanges: allowedRanges.optional(),
    customerRequestId: customerRequestIdMember,
  })
  .refine(
    (some) => Object.keys(some).length > 0,
    'send what is to be changed: name, accessLevel or allowedRanges',
  )
  .openapi('ServiceKeyChanges')

export const rotation = z
  .strictObject({
    secretId: secretId.openapi({
      type: 'string',
      description: 'Of the key as you saw it. If it is not the current secret any more, nothing happens.',
      example: secretIdExample,
    }),
    overlapHours: overlapHours.openapi({
      type: 'integer',
      description:
        'How long the secret until now is accepted as well, but not beyond the end of its key. 0: not at all.',
      example: 24,
    }),
    customerRequestId: customerRequestIdMember,
  })
  .openapi('Rotation')

/** What PATCH does not change, and what does. */
export const finalMembers: Readonly<Record<string, string>> = {
  expiresAt: 'a key keeps the end that it was made with. Create another one.',
  serviceUser: 'a key stays with its service user. Create another one.',
  key: 'only POST …:rotate gives a key another secret.',
  secretId: 'only POST …:rotate gives a key another secret.',
  masked: 'only POST …:rotate gives a key another secret.',
  state: 'use POST …:enable, POST …:disable or DELETE.',
  ...Object.fromEntries(
    ['id', 'createdAt', 'createdBy', 'changedAt', 'lastUse', 'lastRefusal', 'overlapEndsAt'].map((name) => [
      name,
      'it is a fact that is written down as it happens.',
    ]),
  ),
}

import { accessLevelNames } from '@/lib/keys/access-level'
import { mostLiveKeys, type Obstacle } from '@/lib/service-keys/lifecycle'
import type { Excess, Grant } from '@/lib/service-keys/may-grant'
import { type DateTimeFormat, dateTimeText } from '@/lib/settings/date-time'
import { absent, type Problem } from './problem'

export const noServiceKey = absent('service key')
export const noServiceUser = absent('service user')

export const deletedSince: Problem = {
  ...noServiceKey,
  detail: 'This was done before, under the same Idempotency-Key; the key has been deleted since.',
}

const conflict = (code: string, title: string, detail: string): Problem => ({
  status: 409,
  code,
  title,
  detail,
})

export const obstacleProblems: Record<Obstacle, Problem> = {
  expired: conflict(
    'KEY_EXPIRED',
    'The key has expired',
    'That is final: it cannot be changed, enabled, disabled or rotated any more. Create another one, and delete this one.',
  ),
  'already-enabled': conflict('ALREADY_ENABLED', 'The key is enabled already', 'Nothing was changed.'),
  'already-disabled': conflict('ALREADY_DISABLED', 'The key is disabled already', 'Nothing was changed.'),
}

export function alreadyRotated(by: string | null, at: Date, format: DateTimeFormat): Problem {
  const rotatedAt = dateTimeText(at.getTime(), format)
  return {
    ...conflict(
      'ALREADY_ROTATED',
      'This secret is not the current one any more',
      `The key got another one at ${rotatedAt}${by === null ? '' : ` from ${by}`}. Nothing was changed. To rotate it again, name its current secretId, which GET says.`,
    ),
    members: { rotatedAt, ...(by === null ? {} : { rotatedBy: by }) },
  }
}

export function tooManyKeys(serviceUser: string): Problem {
  return conflict(
    'TOO_MANY_KEYS',
    `A service user has at most ${mostLiveKeys} live keys`,
    `"${serviceUser}" has ${mostLiveKeys}, disabled ones included. Delete one that is not needed, rotate one, or name another service user.`,
  )
}

/** @param own what the calling key has itself */
export function grantsTooMuch(exceeds: readonly Excess[], own: Grant, format: DateTimeFormat): Problem {
  const limits: Record<Excess, string> = {
    'access-level': `an access level of at most ${accessLevelNames[own.accessLevel]}`,
    ranges: `IP ranges within ${own.allowedRanges.join(', ')}`,
    end: `an end not after ${own.expiresAt === null ? 'never' : dateTimeText(own.expiresAt.getTime(), format)}`,
  }
  return {
    status: 403,
    code: 'GRANTS_TOO_MUCH',
    title: 'A key cannot grant more than it has',
    detail: `The calling key can only give a key ${exceeds.map((each) => limits[each]).join(', and ')}. Nothing was changed.`,
    members: { exceeds: exceeds.map((each) => members[each]) },
  }
}

const members: Record<Excess, string> = {
  'access-level': 'accessLevel',
  ranges: 'allowedRanges',
  end: 'expiresAt',
}

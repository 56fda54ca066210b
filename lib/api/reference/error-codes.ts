import {
  mediaTooLarge,
  notBase64,
  tooManyUploads,
  typeMismatch,
  typeNotAllowed,
} from '@/lib/api/media-problems'
import {
  absent,
  badRequest,
  bodyTooLarge,
  denials,
  expectationFailed,
  headersTooLarge,
  idempotencyKeyReused,
  internalError,
  methodNotAllowed,
  noCredential,
  notFound,
  outcomeUnknown,
  type Problem,
  timedOut,
  tokenInQuery,
  tokenMisplaced,
  tooSlow,
  unavailable,
} from '@/lib/api/problem'
import { alreadyRotated, grantsTooMuch, obstacleProblems, tooManyKeys } from '@/lib/api/service-key-problems'

const utc = { isoUtcFormat: true, timeZone: 'UTC' }
const anything = { accessLevel: 'full', allowedRanges: [], expiresAt: null } as const

/** Every problem that the API answers with, as it would answer. */
export const knownProblems: readonly Problem[] = [
  badRequest(''),
  notBase64({ kind: 'empty', position: 0 }),
  tokenInQuery,
  tokenMisplaced(''),
  noCredential,
  denials.NOT_FOUND,
  denials.IP_DENIED,
  denials.INSUFFICIENT_ACCESS,
  grantsTooMuch([], anything, utc),
  absent('key'),
  notFound,
  methodNotAllowed([]),
  timedOut,
  ...Object.values(obstacleProblems),
  alreadyRotated(null, new Date(0), utc),
  tooManyKeys(''),
  bodyTooLarge(0, 0),
  mediaTooLarge(1, 1, true),
  typeNotAllowed(),
  expectationFailed,
  typeMismatch('', []),
  idempotencyKeyReused,
  denials.RATE_LIMITED,
  headersTooLarge,
  internalError,
  unavailable,
  tooSlow,
  outcomeUnknown(false),
  tooManyUploads,
]

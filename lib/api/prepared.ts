import { effectiveMediaLimit } from '@/lib/media/limit'
import { dateTimeFormatName, dateTimeText, dateTimeTextOrNull } from '@/lib/settings/date-time'
import type { KeyEntry } from '@/lib/verify/entries'
import { headerText } from './header-text'
import { jsonHeaders, pageHeaders } from './own-headers'
import { type ReadyHead, readyHead } from './ready-head'
import type { KeyData, WhoamiData } from './routes/schemas'

/** What is said of a valid key, put into words once and not on every call. */
export type Prepared = {
  /** From this moment on it has to be prepared anew: a temporary limit ends. Infinity: never by itself. */
  readonly until: number
  /** The whole answer to a gateway, and the head of whoami's, but for the ids of the request. */
  readonly allowHead: ReadyHead
  readonly whoamiHead: ReadyHead
  /** `data` of keys:verify and of whoami, as JSON. */
  readonly keyJson: string
  readonly whoamiJson: string
}

const kept = new WeakMap<KeyEntry, Prepared>()

/** A key that changed, or whose organization did, is a new entry: nothing here can be out of date. */
export function prepared(key: KeyEntry, now: number): Prepared {
  const known = kept.get(key)
  if (known !== undefined && now < known.until) return known
  const made = prepare(key, now)
  kept.set(key, made)
  return made
}

function prepare(key: KeyEntry, now: number): Prepared {
  const { organization, serviceUser } = key
  const limitEndsAt = organization.temporaryMediaLimitEndsAt ?? 0
  const graceHeaders = graceHeadersOf(key)
  const expiresAt = dateTimeTextOrNull(key.expiresAt, organization)
  const graceEndsAt = dateTimeTextOrNull(key.acceptedUntil, organization)
  const facts = { name: key.name, serviceUser, accessLevel: key.accessLevel, expiresAt, graceEndsAt }
  const keyData: KeyData = {
    valid: true,
    code: 'VALID',
    keyId: key.id,
    organizationId: organization.id,
    ...facts,
  }
  const whoamiData: WhoamiData = {
    organizationId: organization.id,
    organizationName: organization.name,
    keyId: key.id,
    ...facts,
  }
  return {
    until: now < limitEndsAt ? limitEndsAt : Number.POSITIVE_INFINITY,
    whoamiHead: readyHead([...jsonHeaders, ...graceHeaders]),
    allowHead: readyHead([
      ...pageHeaders,
      ['Cache-Control', 'no-store'],
      ['X-Org-Id', organization.id],
      ['X-Key-Id', key.id],
      ['X-Key-Name', headerText(key.name)],
      ['X-Service-User-Id', serviceUser?.id ?? 'none'],
      ['X-Service-User', headerText(serviceUser?.name ?? 'none')],
      ['X-Access-Level', key.accessLevel],
      ['X-Key-Expires', key.expiresAt === null ? 'never' : dateTimeText(key.expiresAt, organization)],
      ['X-Date-Time-Format', dateTimeFormatName(organization)],
      ['X-Media-Limit-Bytes', String(effectiveMediaLimit(organization, now))],
      ...graceHeaders,
    ]),
    keyJson: JSON.stringify(keyData),
    whoamiJson: JSON.stringify(whoamiData),
  }
}

/** Since when the key is deprecated (RFC 9745) and when it stops working (RFC 8594); empty outside grace. */
function graceHeadersOf(key: KeyEntry): [string, string][] {
  if (key.revokedAt === null || key.acceptedUntil === null) return []
  return [
    ['Deprecation', `@${Math.floor(key.revokedAt / 1000)}`],
    ['Sunset', new Date(key.acceptedUntil).toUTCString()],
  ]
}

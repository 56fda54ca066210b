import type { KeyEntry } from '@/lib/verify/entries'
import { dateTimeFormatName, dateTimeText, dateTimeTextOrNull } from './date-time'
import { jsonHeaders, pageHeaders } from './own-headers'
import { type ReadyHead, readyHead } from './ready-head'
import type { KeyData, WhoamiData } from './routes/schemas'

/** What is said of a valid key, put into words once and not on every call. */
export type Prepared = {
  /** The whole answer to a gateway, and the head of whoami's, but for the ids of the request. */
  readonly allowHead: ReadyHead
  readonly whoamiHead: ReadyHead
  /** `data` of keys:verify and of whoami, as JSON. */
  readonly keyJson: string
  readonly whoamiJson: string
}

const kept = new WeakMap<KeyEntry, Prepared>()

/** A key that changed, or whose organization did, is a new entry: nothing here can be out of date. */
export function prepared(key: KeyEntry): Prepared {
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = prepare(key)
  kept.set(key, made)
  return made
}

function prepare(key: KeyEntry): Prepared {
  const { organization } = key
  const graceHeaders = graceHeadersOf(key)
  const expiresAt = dateTimeTextOrNull(key.expiresAt, organization)
  const graceEndsAt = dateTimeTextOrNull(key.acceptedUntil, organization)
  const facts = { name: key.name, accessLevel: key.accessLevel, expiresAt, graceEndsAt }
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
    whoamiHead: readyHead([...jsonHeaders, ...graceHeaders]),
    allowHead: readyHead([
      ...pageHeaders,
      ['Cache-Control', 'no-store'],
      ['X-Org-Id', organization.id],
      ['X-Key-Id', key.id],
      ['X-Key-Name', key.name],
      ['X-Access-Level', key.accessLevel],
      ['X-Key-Expires', key.expiresAt === null ? 'never' : dateTimeText(key.expiresAt, organization)],
      ['X-Date-Time-Format', dateTimeFormatName(organization)],
      ['X-Media-Limit-Bytes', String(organization.mediaLimitBytes)],
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

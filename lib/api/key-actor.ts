import type { KeyActor } from '@/lib/auth/actor'
import { holdsToken } from '@/lib/keys/holds-token'
import type { KeyEntry } from '@/lib/verify/entries'
import type { Exchange } from './exchange'

const longestUserAgent = 200

/** The program that acts with a key, as the audit log names it. */
export function keyActor({ address, headers }: Exchange, key: KeyEntry): KeyActor {
  const userAgent = holdsToken(headers.userAgent) ? '[token]' : headers.userAgent.replace(/\p{Cc}/gu, '')
  return {
    kind: 'key',
    keyId: key.id,
    name: key.name,
    organizationId: key.organization.id,
    address,
    userAgent: userAgent.slice(0, longestUserAgent) || null,
  }
}

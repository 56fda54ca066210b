import { asItLooks, looksLikeKey } from '@/lib/keys/looks-like-key'

/** What a searched text is, before any of it may leave the browser. */
export type Pasted =
  | { kind: 'words' }
  /** A piece of a key, or its masked form. */
  | { kind: 'part' }
  /** A Secret of an organization key, or the API key inside it: nothing that this list could name. */
  | { kind: 'organization-key' }
  | { kind: 'key'; text: string }

const whole = /kt_svc_[0-9A-Za-z]{38}(?![0-9A-Za-z])/
const ofOrganization = /kt_org_|eyJ[\w-]{5,}/i

/** Finds a key in what was pasted, also amid other text such as `Authorization: Bearer …`. Pure. */
export function pastedKey(text: string): Pasted {
  const key = whole.exec(text)?.[0]
  if (key) return { kind: 'key', text: key }
  if (ofOrganization.test(asItLooks(text))) return { kind: 'organization-key' }
  return looksLikeKey(text) ? { kind: 'part' } : { kind: 'words' }
}

/** The key's SHA-256 in hex, all that is ever asked of the server; null where the browser does not compute it. */
export async function digestOf(key: string): Promise<string | null> {
  // Absent on pages that came over plain http, other than from this machine itself.
  if (!crypto.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

import type { KeyEntry } from '@/lib/verify/entries'
import { verify } from '@/lib/verify/verifier'
import type { Api } from './api'
import type { CallHeaders } from './call-headers'
import { presentedToken } from './credential'

/** Whose call it is, for the log: nothing is decided and nothing counted. */
export function callingKey(api: Api, headers: CallHeaders, address: string): KeyEntry | null {
  const { token } = presentedToken(headers)
  if (token === null) return null
  return verify(api.source, api.recognizer, token, { method: null, address, now: api.now() }).key
}

import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import type { RequestSource } from './actor'
import { clientAddressHeader } from './client-address-header'
import { cookieName } from './cookies'
import { findSession, type Session } from './session'

/** The session of this request, or null; read once a request, by pages, routes and actions alike. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = (await cookies()).get(cookieName('session'))?.value
  return token ? findSession(token) : null
})

export async function requestSource(): Promise<RequestSource> {
  const sent = await headers()
  return {
    address: sent.get(clientAddressHeader),
    userAgent:
      sent
        .get('user-agent')
        ?.replace(/\p{Cc}/gu, '')
        .slice(0, 200) ?? null,
  }
}

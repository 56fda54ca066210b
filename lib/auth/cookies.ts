import { env } from '@/lib/env'
import { sessionDays } from './session'

/** Browsers keep `__Host-` cookies to https and to this host; plain http on localhost cannot have them. */
export function cookieName(kind: 'session' | 'sign-in'): string {
  return isSecure() ? `__Host-keyturn.${kind}` : `keyturn.${kind}`
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const
}

type Jar = { set(name: string, value: string, options: object): unknown }

export function setSessionCookie(jar: Jar, token: string): void {
  jar.set(cookieName('session'), token, { ...cookieOptions(), maxAge: sessionDays * 86_400 })
}

/** With all its attributes: browsers do not let a `__Host-` cookie be deleted by one that lacks `Secure`. */
export function deleteCookie(jar: Jar, kind: 'session' | 'sign-in'): void {
  jar.set(cookieName(kind), '', { ...cookieOptions(), maxAge: 0 })
}

function isSecure(): boolean {
  return env().CONSOLE_URL.startsWith('https:')
}

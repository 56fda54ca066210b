import { env } from '@/lib/env'

/** Browsers keep `__Host-` cookies to https and to this host; plain http on localhost cannot have them. */
export function cookieName(kind: 'session' | 'sign-in'): string {
  return isSecure() ? `__Host-keyturn.${kind}` : `keyturn.${kind}`
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const
}

function isSecure(): boolean {
  return env().CONSOLE_URL.startsWith('https:')
}

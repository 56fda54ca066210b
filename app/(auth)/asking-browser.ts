import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions, deleteCookie, setSessionCookie } from '@/lib/auth/cookies'
import { endSession, hashSessionToken } from '@/lib/auth/session'

/** The random value of this browser, null before it has asked for a code. */
export async function knownBrowser(): Promise<string | null> {
  return (await cookies()).get(cookieName('sign-in'))?.value ?? null
}

/** A code works only in the browser that asked for it; this cookie tells which one that is. */
export async function askingBrowser(): Promise<string> {
  const browser = (await knownBrowser()) ?? randomBytes(24).toString('base64url')
  const jar = await cookies()
  jar.set(cookieName('sign-in'), browser, { ...cookieOptions(), maxAge: 3_600 })
  return browser
}

/** Puts a new session in the place of the one that this browser had. */
export async function beginSession(token: string): Promise<void> {
  const jar = await cookies()
  const previous = jar.get(cookieName('session'))?.value
  if (previous) await endSession(hashSessionToken(previous))
  setSessionCookie(jar, token)
  deleteCookie(jar, 'sign-in')
}

'use server'

import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { publicAction } from '@/lib/action'
import { cookieName, cookieOptions, deleteCookie, setSessionCookie } from '@/lib/auth/cookies'
import { requestSource } from '@/lib/auth/current'
import { endSession, hashSessionToken } from '@/lib/auth/session'
import { sendSignInCode, sendSignInCodeInput, signIn, signInInput } from '@/lib/auth/sign-in'
import { done, refuse } from '@/lib/outcome'

/** A code works only in the browser that asked for it; this cookie tells which one that is. */
export const sendCode = publicAction(sendSignInCodeInput, async (input) => {
  const jar = await cookies()
  const browser = jar.get(cookieName('sign-in'))?.value ?? randomBytes(24).toString('base64url')
  jar.set(cookieName('sign-in'), browser, { ...cookieOptions(), maxAge: 3_600 })
  return sendSignInCode(input, browser, undefined, (await requestSource()).address)
})

export const enterCode = publicAction(signInInput, async (input) => {
  const jar = await cookies()
  const browser = jar.get(cookieName('sign-in'))?.value
  if (!browser) return refuse('code-over')
  const outcome = await signIn(input, browser, await requestSource())
  if (!outcome.ok) return outcome
  const previous = jar.get(cookieName('session'))?.value
  if (previous) await endSession(hashSessionToken(previous))
  setSessionCookie(jar, outcome.value.sessionToken)
  deleteCookie(jar, 'sign-in')
  return done()
})

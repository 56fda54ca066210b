'use server'

import { publicAction } from '@/lib/action'
import { requestSource } from '@/lib/auth/current'
import { sendSignInCode, sendSignInCodeInput, signIn, signInInput } from '@/lib/auth/sign-in'
import { done, refuse } from '@/lib/outcome'
import { askingBrowser, beginSession, knownBrowser } from '../asking-browser'

export const sendCode = publicAction(sendSignInCodeInput, async (input) =>
  sendSignInCode(input, await askingBrowser(), undefined, (await requestSource()).address),
)

export const enterCode = publicAction(signInInput, async (input) => {
  const browser = await knownBrowser()
  if (!browser) return refuse('code-over')
  const outcome = await signIn(input, browser, await requestSource())
  if (!outcome.ok) return outcome
  await beginSession(outcome.value.sessionToken)
  return done()
})

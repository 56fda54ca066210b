'use server'

import { publicAction } from '@/lib/action'
import { requestSource } from '@/lib/auth/current'
import { joinInput, sendJoinCodeInput } from '@/lib/invitations/inputs'
import { join } from '@/lib/invitations/join'
import { sendJoinCode as sendCodeVerb } from '@/lib/invitations/join-code'
import { done, refuse } from '@/lib/outcome'
import { askingBrowser, beginSession, knownBrowser } from '../asking-browser'

export const sendJoinCode = publicAction(sendJoinCodeInput, async (input) =>
  sendCodeVerb(input, await askingBrowser(), (await requestSource()).address),
)

export const joinOrganization = publicAction(joinInput, async (input) => {
  const browser = await knownBrowser()
  if (!browser) return refuse('code-over')
  const outcome = await join(input, browser, await requestSource())
  if (!outcome.ok) return outcome
  await beginSession(outcome.value.sessionToken)
  return done()
})

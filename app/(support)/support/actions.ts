'use server'

import { supportAction } from '@/lib/action'
import { declineRequest as declineVerb } from '@/lib/support-desk/decline-request'
import { grantRequest as grantVerb } from '@/lib/support-desk/grant-request'
import { declineRequestInput, grantRequestInput, setMediaLimitInput } from '@/lib/support-desk/inputs'
import { setMediaLimit as setVerb } from '@/lib/support-desk/set-media-limit'

export const setMediaLimit = supportAction(
  'support-desk:set-media-limit',
  setMediaLimitInput,
  (input, actor) => setVerb(input, actor),
)

export const grantRequest = supportAction('support-desk:answer-request', grantRequestInput, (input, actor) =>
  grantVerb(input, actor),
)

export const declineRequest = supportAction(
  'support-desk:answer-request',
  declineRequestInput,
  (input, actor) => declineVerb(input, actor),
)

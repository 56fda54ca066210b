'use server'

import { cookies } from 'next/headers'
import { action } from '@/lib/action'
import { setSessionCookie } from '@/lib/auth/cookies'
import { confirmStepUp } from '@/lib/auth/step-up'
import { requestLimitInput } from '@/lib/media/inputs'
import { requestLimit } from '@/lib/media/request-limit'
import { deleteKey as deleteVerb } from '@/lib/organization-keys/delete'
import {
  confirmCodeInput,
  keyInput,
  noInput,
  removeExpirationInput,
  replacementIntervalInput,
  restoreExpirationInput,
  setExpiryInput,
} from '@/lib/organization-keys/inputs'
import { issue } from '@/lib/organization-keys/issue'
import { removeExpiration as removeVerb } from '@/lib/organization-keys/remove-expiration'
import { restoreExpiration as restoreVerb } from '@/lib/organization-keys/restore-expiration'
import { reveal } from '@/lib/organization-keys/reveal'
import { revoke } from '@/lib/organization-keys/revoke'
import { sendRevealCode as sendCodeVerb } from '@/lib/organization-keys/send-reveal-code'
import { setExpiry } from '@/lib/organization-keys/set-expiry'
import { setReplacementInterval as setIntervalVerb } from '@/lib/organization-keys/set-replacement-interval'
import { testCall } from '@/lib/organization-keys/test-call'
import { done } from '@/lib/outcome'
import { isoUtcFormatInput, requestIdHeaderInput, timeZoneInput } from '@/lib/settings/inputs'
import { setIsoUtcFormat as setFormatVerb } from '@/lib/settings/set-iso-utc-format'
import { setRequestIdHeader as setHeaderVerb } from '@/lib/settings/set-request-id-header'
import { setTimeZone as setZoneVerb } from '@/lib/settings/set-time-zone'

export const issueKey = action('organization-keys:issue', noInput, (input, actor) => issue(input, actor))

export const testKey = action('organization-keys:test', keyInput, (input, actor) => testCall(input, actor))

export const sendRevealCode = action('organization-keys:reveal', keyInput, (input, actor) =>
  sendCodeVerb(input, actor),
)

export const confirmRevealCode = action(
  'organization-keys:reveal',
  confirmCodeInput,
  async (input, actor) => {
    const outcome = await confirmStepUp(input.keyId, input.code, actor)
    if (!outcome.ok) return outcome
    setSessionCookie(await cookies(), outcome.value.sessionToken)
    return done()
  },
)

export const revealKey = action('organization-keys:reveal', keyInput, (input, actor) => reveal(input, actor))

export const revokeKey = action('organization-keys:revoke', keyInput, (input, actor) => revoke(input, actor))

export const setKeyExpiry = action('organization-keys:set-expiry', setExpiryInput, (input, actor) =>
  setExpiry(input, actor),
)

export const removeExpiration = action(
  'organization-keys:remove-expiration',
  removeExpirationInput,
  (input, actor) => removeVerb(input, actor),
)

export const restoreExpiration = action(
  'organization-keys:restore-expiration',
  restoreExpirationInput,
  (input, actor) => restoreVerb(input, actor),
)

export const deleteKey = action('organization-keys:delete', keyInput, (input, actor) =>
  deleteVerb(input, actor),
)

export const setReplacementInterval = action(
  'organization-keys:set-replacement-interval',
  replacementIntervalInput,
  (input, actor) => setIntervalVerb(input, actor),
)

export const setIsoUtcFormat = action('general:change', isoUtcFormatInput, (input, actor) =>
  setFormatVerb(input, actor),
)

export const setTimeZone = action('general:change', timeZoneInput, (input, actor) =>
  setZoneVerb(input, actor),
)

export const setRequestIdHeader = action('general:change', requestIdHeaderInput, (input, actor) =>
  setHeaderVerb(input, actor),
)

export const requestMediaLimit = action('media:request-limit', requestLimitInput, (input, actor) =>
  requestLimit(input, actor),
)

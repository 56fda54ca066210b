import { useState } from 'react'
import { useReaderZone } from '@/components/ui/moment'
import type { AccessLevel } from '@/lib/keys/access-level'
import { mostLiveKeys } from '@/lib/service-keys/lifecycle'
import { generateServiceKey } from '../actions'
import type { DialogProps } from '../dialog-props'
import { type FieldErrors, fieldErrors, fullWords, isLost, keyWords, lostKeyWords } from '../words'
import { noExpiry, readExpiry, type TypedExpiry } from './expiry'
import { rangeNotes } from './range-notes'
import type { TypedServiceUser } from './service-user-field'
import { useFieldErrors } from './use-field-errors'

export type GeneratedKey = {
  text: string
  name: string
  serviceUser: string
  accessLevel: AccessLevel
  expiresAt: string | null
}

/** What was typed and what is wrong with it; all of it stays until a key has come of it. */
export function useGenerateForm({ organizationId }: DialogProps) {
  const zone = useReaderZone() ?? 'UTC'
  const [name, setName] = useState('')
  const [serviceUser, setServiceUser] = useState<TypedServiceUser>({ text: '', found: null })
  const [accessLevel, setAccessLevel] = useState<AccessLevel>('read')
  const [ranges, setRanges] = useState('')
  const [typedExpiry, setTypedExpiry] = useState<TypedExpiry>(noExpiry)
  const { errors, setErrors, setting } = useFieldErrors()
  const [error, setError] = useState<string | null>(null)
  const [isAsked, setIsAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [mayBeMade, setMayBeMade] = useState(false)
  const [generated, setGenerated] = useState<GeneratedKey | null>(null)

  async function save() {
    const expiry = readExpiry(typedExpiry, zone, new Date())
    const isFull = serviceUser.found !== null && serviceUser.found.liveKeys >= mostLiveKeys
    const found: FieldErrors = {
      ...(name.trim() ? {} : { name: 'Enter a name.' }),
      ...(serviceUser.text.trim() ? {} : { serviceUser: 'Choose a service user, or type a new name.' }),
      ...(isFull ? { serviceUser: fullWords(serviceUser.text, mostLiveKeys) } : {}),
      ...(rangeNotes(ranges, null).problems.length > 0 ? { allowedRanges: 'Correct the ranges.' } : {}),
      ...(expiry.kind === 'wrong' ? { expiresAt: expiry.words } : {}),
    }
    setErrors(found)
    setError(null)
    setIsAsked(true)
    if (Object.keys(found).length > 0 || expiry.kind === 'wrong') return

    setBusy(true)
    const expiresAt = expiry.kind === 'at' ? expiry.at.toISOString() : null
    const outcome = await generateServiceKey(organizationId, {
      name,
      serviceUser: serviceUser.found ? { id: serviceUser.found.id } : { name: serviceUser.text },
      accessLevel,
      allowedRanges: ranges,
      expiresAt,
    }).catch(() => null)
    setBusy(false)
    if (outcome?.ok) {
      const { key: text, name, serviceUser } = outcome.value
      return setGenerated({ text, name, serviceUser: serviceUser.name, accessLevel, expiresAt })
    }
    const wrong = fieldErrors(outcome)
    setErrors(wrong)
    if (isLost(outcome)) setMayBeMade(true)
    if (Object.keys(wrong).length === 0) setError(isLost(outcome) ? lostKeyWords(outcome) : keyWords(outcome))
  }

  return {
    name: { value: name, set: setting('name', setName) },
    serviceUser: { value: serviceUser, set: setting('serviceUser', setServiceUser) },
    accessLevel: { value: accessLevel, set: setting('accessLevel', setAccessLevel) },
    ranges: { value: ranges, set: setting('allowedRanges', setRanges) },
    expiry: { value: typedExpiry, set: setting('expiresAt', setTypedExpiry) },
    errors,
    error,
    isAsked,
    busy,
    /** The answer to one of the tries was lost: the table may have a key more. */
    mayBeMade,
    generated,
    save,
  }
}

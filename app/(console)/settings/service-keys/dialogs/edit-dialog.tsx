'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { Field, FieldError } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import { useFirstError } from '@/components/ui/use-first-error'
import { accessLevelNames } from '@/lib/keys/access-level'
import type { ServiceKeyView } from '@/lib/service-keys/view'
import { editServiceKey } from '../actions'
import type { OneKeyProps } from '../dialog-props'
import { type FieldErrors, fieldErrors, keyWords } from '../words'
import { AccessLevelField } from './access-level-field'
import { RangeEditor } from './range-editor'
import { rangeNotes } from './range-notes'
import { useFieldErrors } from './use-field-errors'

type Seen = Pick<ServiceKeyView, 'name' | 'accessLevel' | 'allowedRanges' | 'changedAt'>

export function EditDialog({ organizationId, keyShown, ownAddress, close, refresh }: OneKeyProps) {
  /** The key as the reader has seen it, also where a filter hides it: nobody writes over what they never saw. */
  const [seen, setSeen] = useState<Seen>(keyShown)
  const [name, setName] = useState(keyShown.name)
  const [accessLevel, setAccessLevel] = useState(keyShown.accessLevel)
  const [ranges, setRanges] = useState(keyShown.allowedRanges.join('\n'))
  const { errors, setErrors, setting } = useFieldErrors()
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [isMeanwhile, setIsMeanwhile] = useState(false)
  const ref = useFirstError(errors)

  async function save() {
    const wrong: FieldErrors = {
      ...(name.trim() ? {} : { name: 'Enter a name.' }),
      ...(rangeNotes(ranges, null).problems.length > 0 ? { allowedRanges: 'Correct the ranges.' } : {}),
    }
    setErrors(wrong)
    setError(null)
    if (Object.keys(wrong).length > 0) return
    setBusy(true)
    const outcome = await editServiceKey(organizationId, {
      keyId: keyShown.id,
      name,
      accessLevel,
      allowedRanges: ranges,
      changedAt: seen.changedAt,
    }).catch(() => null)
    if (outcome?.ok) {
      await refresh()
      toast('good', 'Service key saved')
      return close()
    }
    if (outcome) await refresh()
    setBusy(false)
    setIsMeanwhile(outcome?.reason === 'changed-meanwhile')
    if (outcome?.reason === 'changed-meanwhile') setSeen(outcome.details.current)
    const refused = outcome?.reason === 'not-found' ? {} : fieldErrors(outcome)
    setErrors(refused)
    if (Object.keys(refused).length === 0) setError(keyWords(outcome))
  }

  return (
    <Dialog title="Edit Service Key" onClose={close} wide>
      <form
        ref={ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void save()
        }}
      >
        <p className="mb-4 text-muted">
          Changes hold within a second. The expiry and the secret stay as they are: for another date generate
          a new key, for a new secret rotate this one.
        </p>
        <div className="space-y-5">
          <Field
            label="Name"
            autoComplete="off"
            maxLength={100}
            value={name}
            onChange={({ target }) => setting('name', setName)(target.value)}
            error={errors.name}
          />
          <AccessLevelField
            level={accessLevel}
            onChoose={setting('accessLevel', setAccessLevel)}
            error={errors.accessLevel}
          />
          <RangeEditor
            text={ranges}
            onText={setting('allowedRanges', setRanges)}
            ownAddress={ownAddress}
            error={errors.allowedRanges}
          />
        </div>
        <div className="mt-4">
          <FieldError error={error} />
          {isMeanwhile && <Now seen={seen} />}
        </div>
        <DialogButtons>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy}>
            Save
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

/** What somebody else made of the key meanwhile. */
function Now({ seen: { name, accessLevel, allowedRanges } }: { seen: Seen }) {
  return (
    <p className="mt-2 rounded-lg bg-raised p-3 [overflow-wrap:anywhere]">
      It is now “{name}”, {accessLevelNames[accessLevel]}, from{' '}
      {allowedRanges.length === 0 ? 'any address' : allowedRanges.join(', ')}.
    </p>
  )
}

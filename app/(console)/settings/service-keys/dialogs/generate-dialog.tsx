'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { Field, FieldError } from '@/components/ui/field'
import { Moment } from '@/components/ui/moment'
import { useFirstError } from '@/components/ui/use-first-error'
import { accessLevelNames } from '@/lib/keys/access-level'
import type { DialogProps } from '../dialog-props'
import { AccessLevelField } from './access-level-field'
import { ExpiresField } from './expires-field'
import { RangeEditor } from './range-editor'
import { ServiceUserField } from './service-user-field'
import { ShownOnce } from './shown-once'
import { type GeneratedKey, useGenerateForm } from './use-generate-form'

export function GenerateDialog(props: DialogProps) {
  const { organizationId, apiUrl, ownAddress, close, refresh } = props
  const form = useGenerateForm(props)
  const { errors } = form
  const ref = useFirstError(errors)
  const closeAnew = () => {
    // Not before: a page that cannot be read anew is left by the framework, and what is shown would go with it.
    void refresh()
    close()
  }
  const leave = form.mayBeMade ? closeAnew : close

  if (form.generated) {
    return (
      <ShownOnce
        title="API Access Key Generated"
        text={form.generated.text}
        apiUrl={apiUrl}
        onClose={closeAnew}
      >
        <Facts generated={form.generated} />
      </ShownOnce>
    )
  }
  return (
    <Dialog title="Generate API Key" onClose={leave} wide>
      <form
        ref={ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!form.busy) void form.save()
        }}
      >
        <div className="space-y-5">
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <Field
              label="Name"
              hint="What it is for, such as “Billing sync”."
              autoComplete="off"
              maxLength={100}
              value={form.name.value}
              onChange={({ target }) => form.name.set(target.value)}
              error={errors.name}
            />
            <ServiceUserField
              organizationId={organizationId}
              typed={form.serviceUser.value}
              onType={form.serviceUser.set}
              error={errors.serviceUser}
            />
          </div>
          <AccessLevelField
            level={form.accessLevel.value}
            onChoose={form.accessLevel.set}
            error={errors.accessLevel}
          />
          <RangeEditor
            text={form.ranges.value}
            onText={form.ranges.set}
            ownAddress={ownAddress}
            error={errors.allowedRanges}
          />
          <ExpiresField
            typed={form.expiry.value}
            onType={form.expiry.set}
            isAsked={form.isAsked}
            error={errors.expiresAt}
          />
        </div>
        <div className="mt-4">
          <FieldError error={form.error} />
        </div>
        <DialogButtons>
          <Button onClick={leave}>Cancel</Button>
          <Button type="submit" look="primary" busy={form.busy}>
            Save & Close
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function Facts({ generated: { name, serviceUser, accessLevel, expiresAt } }: { generated: GeneratedKey }) {
  return (
    <dl className="mt-4 grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1">
      <dt className="text-muted">Name</dt>
      <dd className="[overflow-wrap:anywhere]">{name}</dd>
      <dt className="text-muted">Service user</dt>
      <dd className="[overflow-wrap:anywhere]">{serviceUser}</dd>
      <dt className="text-muted">Access level</dt>
      <dd>{accessLevelNames[accessLevel]}</dd>
      <dt className="text-muted">Expires</dt>
      <dd>{expiresAt ? <Moment at={expiresAt} form="zoned" /> : 'Never'}</dd>
    </dl>
  )
}

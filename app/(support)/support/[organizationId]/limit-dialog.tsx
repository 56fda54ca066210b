'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { Field, FieldError, TextArea } from '@/components/ui/field'
import { useReaderZone } from '@/components/ui/moment'
import { SizeField } from '@/components/ui/size-field'
import { useFirstError } from '@/components/ui/use-first-error'
import { longestReason } from '@/lib/media/longest-reason'
import { exactSizeText } from '@/lib/media/sizes'
import { momentText } from '@/lib/moment-text'
import type { OrganizationView } from '@/lib/support-desk/view'
import { endFault, previewText } from './limit-plan'
import { MeanwhileNotice } from './meanwhile-notice'
import { type Answer, useLimitForm } from './use-limit-form'

type Props = {
  organization: OrganizationView
  /** Null for a change of support's own. */
  answer: Answer | null
  onClose: () => void
}

/** The form of a new limit: of a change, or of the answer that grants a request. */
export function LimitDialog({ organization, answer, onClose }: Props) {
  const zone = useReaderZone()
  const form = useLimitForm(organization, answer, onClose)
  const name = answer ? (answer.inFull ? 'Grant' : 'Grant less') : 'Change limit'
  const title = answer?.inFull ? 'Grant the request' : answer ? 'Grant less than asked for' : name
  const { bytes, endsAt, errors } = form
  const ref = useFirstError(errors)

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        ref={ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // The end is the one field that a browser can find at fault by itself.
          if (!form.busy) void form.submit(!event.currentTarget.checkValidity())
        }}
      >
        {answer && (
          <p className="mb-4">
            {answer.request.askedBy} asks for {exactSizeText(answer.request.wantedBytes)}.
          </p>
        )}
        <div className="space-y-4">
          {!answer?.inFull && (
            <SizeField
              label="New limit"
              amount={form.amount}
              unit={form.unit}
              bytes={bytes}
              error={errors.bytes}
              onChange={form.setSize}
            />
          )}
          <Field
            label="Ends at"
            optional
            type="datetime-local"
            value={form.ends}
            onChange={(event) => form.setEnds(event.target.value)}
            hint={`In your time zone, ${zone ?? 'UTC'}. Without an end it stays until it is changed again.`}
            error={errors.endsAt}
          />
          <TextArea
            label="Reason"
            value={form.reason}
            maxLength={longestReason}
            onChange={(event) => form.setReason(event.target.value)}
            hint="The organization's admins read it: in a mail, under Notifications and under Settings > API."
            error={errors.reason}
          />
        </div>
        <p role="status" className="mt-4 rounded-lg bg-raised p-3 font-medium empty:hidden">
          {bytes !== null &&
            !endFault(form.ends, false, new Date()) &&
            previewText(bytes, endsAt && momentText(endsAt), organization.limit)}
        </p>
        <MeanwhileNotice meanwhile={form.meanwhile} />
        <FieldError error={form.error ?? (answer?.inFull ? errors.bytes : null)} />
        <DialogButtons>
          <Button onClick={onClose}>{form.isOver ? 'Close' : 'Cancel'}</Button>
          {!form.isOver && (
            <Button type="submit" look="primary" busy={form.busy}>
              {name}
            </Button>
          )}
        </DialogButtons>
      </form>
    </Dialog>
  )
}

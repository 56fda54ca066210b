import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons } from '@/components/ui/dialog'
import { FieldError } from '@/components/ui/field'

type Props = {
  title: string
  /** What the button says that does it. */
  verb: string
  look: 'primary' | 'danger'
  busy: boolean
  error: string | null
  onConfirm: () => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** The frame of a question: what it is about, what went wrong, and the button that does it. */
export function QuestionDialog({ title, verb, look, busy, error, onConfirm, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void onConfirm()
        }}
      >
        {children}
        <div className="mt-3">
          <FieldError error={error} />
        </div>
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={look} busy={busy}>
            {verb}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

import { useState } from 'react'
import type { RequestForm } from '@/lib/requests/form'

/**
 * What stands in the fields. They follow the address, which "Older", going back, or "Clear" change under the form; but
 * what somebody chose while the answer to a search was on its way is kept for the next one.
 */
export function useFields(form: RequestForm) {
  const [fields, setFields] = useState(form)
  const [asked, setAsked] = useState(form)
  const [sent, setSent] = useState<RequestForm | null>(null)
  if (JSON.stringify(asked) !== JSON.stringify(form)) {
    setAsked(form)
    setFields(sent ? { ...form, ...changedSince(sent, fields) } : form)
    setSent(null)
  }
  return {
    fields,
    setFields,
    hasSent: () => setSent(fields),
    /** Before going where nothing of it is wanted, which may be the address that is open already. */
    forget: () => {
      setSent(null)
      setFields(form)
    },
  }
}

function changedSince(sent: RequestForm, fields: RequestForm): Partial<RequestForm> {
  const names = Object.keys(fields) as (keyof RequestForm)[]
  return Object.fromEntries(
    names.filter((name) => fields[name] !== sent[name]).map((name) => [name, fields[name]]),
  )
}

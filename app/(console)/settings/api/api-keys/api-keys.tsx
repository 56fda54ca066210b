'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ComponentType, type ReactNode, Suspense, useState } from 'react'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import type { OrganizationKeysView } from '@/lib/organization-keys/view'
import type { ServiceKeyEnds } from '@/lib/service-keys/ends'
import { Calendar } from './calendar/calendar'
import type { DialogName, DialogProps, Open } from './dialog-props'
import { KeyTable } from './key-table'
import { NoKey } from './no-key'
import { ReplaceEvery } from './replace-every'
import { StaleNotice } from './stale-notice'
import { useKeys } from './use-keys'

const lazily = (load: () => Promise<ComponentType<DialogProps>>) => lazyDialog(load, ({ next }) => next(null))

const dialogs: Record<DialogName, ComponentType<DialogProps>> = {
  view: lazily(() => import('./view-dialog').then((m) => m.ViewDialog)),
  revoke: lazily(() => import('./revoke-dialog').then((m) => m.RevokeDialog)),
  created: lazily(() => import('./new-key-dialog').then((m) => m.NewKeyDialog)),
  remove: lazily(() => import('./remove-expiration-dialog').then((m) => m.RemoveExpirationDialog)),
  restore: lazily(() => import('./restore-expiration-dialog').then((m) => m.RestoreExpirationDialog)),
  delete: lazily(() => import('./delete-dialog').then((m) => m.DeleteDialog)),
}

type Props = {
  organizationId: string
  initial: OrganizationKeysView
  /** Null: not for this role. */
  serviceKeyEnds: readonly ServiceKeyEnds[] | null
  mayAct: boolean
  apiUrl: string
  /** Who is told of all this. */
  children: ReactNode
}

export function ApiKeys(props: Props) {
  const [client] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={client}>
      <Keys {...props} />
    </QueryClientProvider>
  )
}

function Keys({ organizationId, initial, serviceKeyEnds, mayAct, apiUrl, children }: Props) {
  const { view, failure, readAt, refresh } = useKeys(organizationId, initial)
  const [open, setOpen] = useState<Open | null>(null)
  const keyShown = open && view.keys.find((key) => key.id === open.keyId)
  const OpenDialog = open && dialogs[open.dialog]
  const hasCurrent = view.keys.some((key) => key.state === 'active')

  return (
    <>
      {failure && <StaleNotice failure={failure} readAt={readAt} />}
      {!hasCurrent && (
        <NoKey
          organizationId={organizationId}
          isFirst={view.keys.length === 0}
          mayAct={mayAct}
          refresh={refresh}
          onIssued={(keyId) => setOpen({ dialog: 'created', keyId })}
        />
      )}
      {view.keys.length > 0 && (
        <KeyTable organizationId={organizationId} view={view} mayAct={mayAct} onOpen={setOpen} />
      )}
      <ReplaceEvery organizationId={organizationId} view={view} mayAct={mayAct} refresh={refresh} />
      <Calendar view={view} serviceKeyEnds={serviceKeyEnds} />
      {children}
      {OpenDialog && keyShown && (
        <Suspense>
          <OpenDialog
            key={`${open.dialog} ${open.keyId}`}
            organizationId={organizationId}
            keyShown={keyShown}
            view={view}
            apiUrl={apiUrl}
            next={setOpen}
            refresh={refresh}
          />
        </Suspense>
      )}
    </>
  )
}

'use client'

import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import {
  type ComponentType,
  createContext,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { lazyDialog } from '@/components/ui/lazy-dialog'
import type { ServiceKeyPage, ServiceKeyView } from '@/lib/service-keys/view'
import type { Act } from './acts'
import type { DialogName, DialogProps, OneKeyProps } from './dialog-props'

const lazily = (load: () => Promise<ComponentType<DialogProps>>) => lazyDialog(load, ({ close }) => close())

const ofOne = (Dialog: ComponentType<OneKeyProps>) =>
  function OfOne({ keys, ...rest }: DialogProps) {
    const [keyShown] = keys
    return keyShown && <Dialog {...rest} keyShown={keyShown} />
  }

const dialogs: Record<DialogName, ComponentType<DialogProps>> = {
  generate: lazily(() => import('./dialogs/generate-dialog').then((m) => m.GenerateDialog)),
  edit: lazily(() => import('./dialogs/edit-dialog').then((m) => ofOne(m.EditDialog))),
  rotate: lazily(() => import('./dialogs/rotate-dialog').then((m) => ofOne(m.RotateDialog))),
  enable: lazily(() => import('./dialogs/enable-dialog').then((m) => ofOne(m.EnableDialog))),
  disable: lazily(() => import('./dialogs/disable-dialog').then((m) => ofOne(m.DisableDialog))),
  delete: lazily(() => import('./dialogs/delete-dialog').then((m) => ofOne(m.DeleteDialog))),
  'disable-many': lazily(() => import('./dialogs/disable-many-dialog').then((m) => m.DisableManyDialog)),
  'delete-many': lazily(() => import('./dialogs/delete-many-dialog').then((m) => m.DeleteManyDialog)),
}

type Workbench = {
  acts: readonly Act[]
  organizationId: string
  keys: ServiceKeyView[]
  selected: ServiceKeyView[]
  select: (keyIds: string[], isSelected: boolean) => void
  open: (dialog: DialogName, keys?: ServiceKeyView[]) => void
}

const WorkbenchContext = createContext<Workbench | null>(null)

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (!workbench) throw new Error('outside of the workbench')
  return workbench
}

type Props = {
  organizationId: string
  page: Pick<ServiceKeyPage, 'keys' | 'now'>
  apiUrl: string
  ownAddress: string | null
  /** What the reader may do. */
  acts: readonly Act[]
  children: ReactNode
}

/** What the rows of the page share: which are selected, and the one dialog that is open. The rows come from the server. */
export function WorkbenchProvider({ organizationId, page, apiUrl, ownAddress, acts, children }: Props) {
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<{ dialog: DialogName; keys: ServiceKeyView[] } | null>(null)
  const refresh = useRefresh(page.now)
  const OpenDialog = opened && dialogs[opened.dialog]

  const workbench: Workbench = {
    organizationId,
    acts,
    keys: page.keys,
    // Another page, or a key that is gone, takes its selection along.
    selected: page.keys.filter(({ id }) => selectedIds.has(id)),
    select: (keyIds, isSelected) => {
      const others = page.keys.filter(({ id }) => selectedIds.has(id) && !keyIds.includes(id))
      setSelectedIds(new Set([...others.map(({ id }) => id), ...(isSelected ? keyIds : [])]))
    },
    open: (dialog, keys = []) => setOpened({ dialog, keys }),
  }

  return (
    <WorkbenchContext value={workbench}>
      {children}
      {OpenDialog && (
        <Suspense fallback={<OneMoment />}>
          <OpenDialog
            organizationId={organizationId}
            // A filter may hide a key while its dialog is open; the dialog stays.
            keys={opened.keys.map((seen) => page.keys.find(({ id }) => id === seen.id) ?? seen)}
            apiUrl={apiUrl}
            ownAddress={ownAddress}
            close={() => setOpened(null)}
            refresh={refresh}
          />
        </Suspense>
      )}
    </WorkbenchContext>
  )
}

/** A dialog's script is on its way. */
function OneMoment() {
  return (
    <p
      role="status"
      className="fixed right-4 bottom-4 z-20 flex items-center gap-2 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-lg"
    >
      <LoaderCircle aria-hidden className="size-4 animate-spin" /> One moment…
    </p>
  )
}

const longestWait = 5_000

/**
 * Reads the page anew; resolves when it is there, which its clock tells, or after a while without it. Offline it waits
 * for the network, because a page that cannot be read is left by the framework.
 */
function useRefresh(pageNow: string): () => Promise<void> {
  const router = useRouter()
  const waiting = useRef<(() => void)[]>([])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the page's clock tells that it is another one
  useEffect(() => {
    for (const resolve of waiting.current.splice(0)) resolve()
  }, [pageNow])

  return () =>
    new Promise((resolve) => {
      waiting.current.push(resolve)
      setTimeout(resolve, longestWait)
      if (navigator.onLine) return router.refresh()
      window.addEventListener('online', () => router.refresh(), { once: true })
      resolve()
    })
}

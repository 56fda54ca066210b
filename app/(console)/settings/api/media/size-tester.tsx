'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'
import { TestedFile } from './tested-file'
import type { Candidate } from './verdict'

const mostShown = 20
let count = 0

/** Says whether the API would take a file. The file stays in the browser: only its name, size and type are read. */
export function SizeTester({
  limitBytes,
  contentTypes,
}: {
  limitBytes: number
  contentTypes: readonly string[]
}) {
  const isHydrated = useHydrated()
  const field = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<(Candidate & { id: number })[]>([])
  const [isOver, setIsOver] = useState(false)

  function add(candidates: Candidate[]) {
    const named = candidates.map((file) => ({ ...file, id: count++ }))
    setFiles((known) => [...named.toReversed(), ...known].slice(0, mostShown))
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    add([...event.dataTransfer.items].flatMap(droppedFile))
  }

  function clear() {
    setFiles([])
    field.current?.focus()
  }

  return (
    <div>
      <h3 className="font-medium">Size tester</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: who cannot drop chooses with the field inside */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={`mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-dashed p-4 ${isOver ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
      >
        <FileUp aria-hidden className="size-5 shrink-0 text-muted" />
        <p className="min-w-48 flex-1">
          Drop files here, or choose some, to see whether the API would take them.{' '}
          <span className="text-muted">Nothing is uploaded.</span>
        </p>
        <label className="inline-flex min-h-9 cursor-pointer items-center rounded-lg border border-line-strong bg-surface px-3.5 font-medium hover:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
          Choose files
          <input
            ref={field}
            type="file"
            multiple
            disabled={!isHydrated}
            className="sr-only"
            onChange={({ target }) => {
              add([...(target.files ?? [])].map((file) => candidate(file)))
              // The same file may be chosen again, after it was made smaller.
              target.value = ''
            }}
          />
        </label>
      </div>
      <ul aria-live="polite" aria-label="Tested files" className="mt-3 space-y-2 empty:hidden">
        {files.map((file) => (
          <TestedFile key={file.id} file={file} limitBytes={limitBytes} contentTypes={contentTypes} />
        ))}
      </ul>
      {files.length > 0 && (
        <Button look="quiet" className="mt-2 -ml-3.5" onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  )
}

function droppedFile(item: DataTransferItem): Candidate[] {
  const file = item.kind === 'file' ? item.getAsFile() : null
  return file ? [candidate(file, item.webkitGetAsEntry()?.isDirectory)] : []
}

const candidate = ({ name, size, type }: File, isFolder = false): Candidate => ({
  name,
  size,
  type,
  isFolder,
})

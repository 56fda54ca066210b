'use client'

import { CirclePause, Trash2, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { useWorkbench } from '../workbench'

/** What can be done with all selected keys at once. Empty as long as none is, so that screen readers hear it come. */
export function BulkBar() {
  const { selected, select, open, acts } = useWorkbench()
  const count = selected.length
  return (
    <div className="sticky top-0 z-10 bg-surface">
      <p role="status" className="sr-only">
        {count > 0 && `${count} selected`}
      </p>
      {count > 0 && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-2 @4xl:px-5">
          <span aria-hidden className="mr-auto font-medium tabular-nums">
            {count} selected
          </span>
          {acts.includes('disable') && (
            <Button onClick={() => open('disable-many', selected)}>
              <CirclePause aria-hidden className="size-4 max-sm:hidden" />
              Disable
            </Button>
          )}
          {acts.includes('delete') && (
            <Button onClick={() => open('delete-many', selected)}>
              <Trash2 aria-hidden className="size-4 max-sm:hidden" />
              Delete
            </Button>
          )}
          <IconButton
            name="Clear selection"
            icon={X}
            onClick={() =>
              select(
                selected.map(({ id }) => id),
                false,
              )
            }
          />
        </div>
      )}
    </div>
  )
}

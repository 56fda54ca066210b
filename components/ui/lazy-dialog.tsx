'use client'

import { type ComponentType, lazy, useEffect } from 'react'
import { toast } from './toast'

/**
 * A dialog that is fetched when it is opened. One that cannot be fetched must not take the page down: the product was
 * updated, or is not reachable.
 */
export function lazyDialog<P extends object>(
  load: () => Promise<ComponentType<P>>,
  close: (props: P) => void,
): ComponentType<P> {
  function NotLoaded(props: P): null {
    useEffect(() => {
      toast('bad', 'Keyturn was updated or cannot be reached. Reload the page.')
      close(props)
    }, [props])
    return null
  }
  return lazy(() =>
    load().then(
      (dialog) => ({ default: dialog }),
      () => ({ default: NotLoaded }),
    ),
  )
}

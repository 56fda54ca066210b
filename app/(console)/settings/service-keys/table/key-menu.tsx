'use client'

import { CirclePause, CirclePlay, Ellipsis, Pencil, RotateCw, Trash2 } from 'lucide-react'
import { Menu } from '@/components/ui/menu'
import { obstacleTo, type ServiceKeyVerb } from '@/lib/service-keys/lifecycle'
import { obstacleWords } from '../words'
import { useWorkbench } from '../workbench'

/** What the reader may do with a key; what cannot be done now stays in its place and says why. */
export function KeyMenu({ keyId }: { keyId: string }) {
  const { keys, open, acts } = useWorkbench()
  const key = keys.find(({ id }) => id === keyId)
  if (!key) return null
  const item = (verb: ServiceKeyVerb, name: string, icon: typeof Pencil) => {
    const obstacle = obstacleTo(verb, key.state)
    return {
      verb,
      name,
      icon,
      obstacle: obstacle && obstacleWords[obstacle],
      onChoose: () => open(verb, [key]),
    }
  }
  return (
    <Menu
      name={`Actions for ${key.name}`}
      icon={Ellipsis}
      items={[
        item('edit', 'Edit', Pencil),
        item('rotate', 'Rotate', RotateCw),
        key.state === 'active'
          ? item('disable', 'Disable', CirclePause)
          : item('enable', 'Enable', CirclePlay),
        { ...item('delete', 'Delete', Trash2), isDanger: true },
      ].filter(({ verb }) => acts.includes(verb))}
    />
  )
}

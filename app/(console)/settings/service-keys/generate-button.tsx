'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useWorkbench } from './workbench'

export function GenerateButton() {
  const { open } = useWorkbench()
  return (
    <Button look="primary" onClick={() => open('generate')}>
      <Plus aria-hidden className="size-4" />
      Generate API Key
    </Button>
  )
}

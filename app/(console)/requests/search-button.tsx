import { LoaderCircle } from 'lucide-react'
import { useFormStatus } from 'react-dom'
import { buttonLook } from '@/components/ui/button-look'

/** Works without a script; with one it shows that the rows below still answer the question before. */
export function SearchButton() {
  const { pending } = useFormStatus()
  return (
    <button type="submit" aria-busy={pending || undefined} className={`relative ${buttonLook('primary')}`}>
      <span className={pending ? 'opacity-0' : ''}>Search</span>
      {pending && <LoaderCircle aria-hidden className="absolute size-4 animate-spin" />}
    </button>
  )
}

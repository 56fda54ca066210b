import { useOptimistic, useTransition } from 'react'
import { inputLook } from '@/components/ui/field'

type Props = { name: string; value: string; onChoose: (value: string) => void }

/** Shows what was chosen at once, while the rows for it are on their way. */
function useChosen(value: string, onChoose: (value: string) => void) {
  const [shown, show] = useOptimistic(value)
  const [, startTransition] = useTransition()
  const choose = (next: string) =>
    startTransition(() => {
      show(next)
      onChoose(next)
    })
  return [shown, choose] as const
}

export function Choice({
  label,
  any,
  options,
  name,
  value,
  onChoose,
}: Props & { label: string; any: string; options: Record<string, string> }) {
  const [shown, choose] = useChosen(value, onChoose)
  return (
    <select
      aria-label={label}
      name={name}
      value={shown}
      onChange={({ target }) => choose(target.value)}
      className={`${inputLook} ${shown === '' ? '' : 'border-accent bg-accent-soft'}`}
    >
      <option value="">{any}</option>
      {Object.entries(options).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  )
}

export function Only({ label, name, value, onChoose }: Props & { label: string }) {
  const [shown, choose] = useChosen(value, onChoose)
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        name={name}
        value="true"
        checked={shown === 'true'}
        onChange={({ target }) => choose(target.checked ? 'true' : '')}
        className="size-4 accent-accent-strong"
      />
      {label}
    </label>
  )
}

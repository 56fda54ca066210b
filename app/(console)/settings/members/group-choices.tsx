import type { GroupView } from '@/lib/groups/list-groups'

type Props = { groups: readonly GroupView[]; chosen: readonly string[]; onChoose: (ids: string[]) => void }

export function GroupChoices({ groups, chosen, onChoose }: Props) {
  if (groups.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Groups</legend>
      <div className="max-h-56 overflow-y-auto rounded-lg border border-line-strong p-1">
        {groups.map(({ id, name, accountAlerts }) => (
          <label
            key={id}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-raised"
          >
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChoose(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
              className="size-4 shrink-0 accent-accent-strong"
            />
            <span className="min-w-0 py-1 [overflow-wrap:anywhere]">
              {name}
              {accountAlerts && <span className="text-muted"> · gets account alerts</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

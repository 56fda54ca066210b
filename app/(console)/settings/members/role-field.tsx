import { useId } from 'react'
import { type MemberRole, memberRoles, roleLines, roleNames } from '@/lib/members/roles'

type Props = { role: MemberRole; onChoose: (role: MemberRole) => void }

/** The roles, each with a line of what it may do. */
export function RoleField({ role, onChoose }: Props) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Role</legend>
      <div className="space-y-2">
        {memberRoles.map((each) => (
          <label
            key={each}
            className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line-strong px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={each === role}
              onChange={() => onChoose(each)}
              aria-label={roleNames[each]}
              aria-describedby={`${name}-${each}`}
              className="mt-1 accent-accent-strong"
            />
            <span>
              <span className="block font-medium">{roleNames[each]}</span>
              <span id={`${name}-${each}`} className="block text-muted">
                {roleLines[each]}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

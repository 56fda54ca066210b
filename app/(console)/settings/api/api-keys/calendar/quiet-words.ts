import type { CalendarEvent } from '@/lib/organization-keys/calendar'
import type { OrganizationKeyView } from '@/lib/organization-keys/view'

/** Why the calendar has nothing of the current key, or nothing at all; null where it has. */
export function quietWords(
  keys: readonly Pick<OrganizationKeyView, 'state' | 'expiresAt'>[],
  events: readonly CalendarEvent[],
  hasServiceKeys: boolean,
): string | null {
  const active = keys.find(({ state }) => state === 'active')
  if (active?.expiresAt) return null
  const because = active
    ? 'the key never expires, so the schedule leaves it alone'
    : keys.length === 0
      ? 'there is no API key yet'
      : 'no API key is active'
  if (events.length > 0) return `${because[0]?.toUpperCase()}${because.slice(1)}.`
  const others = hasServiceKeys ? ', and no service key expires' : ''
  return `Nothing will happen: ${because}${others}.`
}

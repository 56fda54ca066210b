import { useState } from 'react'
import { Combobox } from '@/components/ui/combobox'
import type { Option } from '@/components/ui/use-options'
import { looksLikeKey } from '@/lib/keys/looks-like-key'
import { mostLiveKeys } from '@/lib/service-keys/lifecycle'
import type { FoundServiceUser } from '@/lib/service-keys/search-service-users'
import { searchServiceUsers } from '../actions'
import { fullWords } from '../words'

/** What was typed, and the service user that it is, as far as the list has told. */
export type TypedServiceUser = { text: string; found: { id: string; liveKeys: number } | null }

type Props = {
  organizationId: string
  typed: TypedServiceUser
  onType: (typed: TypedServiceUser) => void
  error?: string | null
}

/** Choose a service user, or type the name of a new one. */
export function ServiceUserField({ organizationId, typed, onType, error }: Props) {
  const [known, setKnown] = useState<ReadonlyMap<string, FoundServiceUser>>(new Map())
  const named = known.get(typed.text.trim().toLowerCase()) ?? null
  const found = typed.found ?? named
  const isFull = found !== null && found.liveKeys >= mostLiveKeys

  async function load(text: string): Promise<Option[] | null> {
    // A key that is pasted into the wrong field stays in the browser.
    if (looksLikeKey(text)) return []
    const outcome = await searchServiceUsers(organizationId, { text })
    if (!outcome.ok) return null
    const users = outcome.value.serviceUsers
    setKnown(new Map(users.map((user) => [user.name.toLowerCase(), user])))
    return users.map(({ id, name, liveKeys }) => ({
      id,
      name,
      note: `${liveKeys} of ${mostLiveKeys} live keys`,
      obstacle: liveKeys >= mostLiveKeys ? `${liveKeys} of ${mostLiveKeys} live keys: full` : null,
    }))
  }

  return (
    <Combobox
      label="Service User"
      text={typed.text}
      chosenId={found?.id ?? null}
      load={load}
      onText={(text) => onType({ text, found: null })}
      onChoose={({ id, name }) =>
        onType({ text: name, found: { id, liveKeys: known.get(name.toLowerCase())?.liveKeys ?? 0 } })
      }
      maxLength={100}
      placeholder="Choose one, or type a new name"
      nothingWords="None of this name yet: a new one will be made."
      hint={
        found && !isFull
          ? `${typed.text.trim()} has ${found.liveKeys} of ${mostLiveKeys} live keys.`
          : `The program that the key is for. Each has at most ${mostLiveKeys} live keys.`
      }
      error={error ?? (isFull ? fullWords(typed.text.trim(), mostLiveKeys) : null)}
    />
  )
}

import { useState } from 'react'
import { Combobox } from '@/components/ui/combobox'
import { looksLikeKey } from '@/lib/keys/looks-like-key'
import { searchServiceUsers } from '../actions'

type Props = {
  organizationId: string
  serviceUserId: string
  serviceUserName: string | null
  onChoose: (serviceUserId: string) => void
}

/** One service user, found among any number of them; emptied, it is all of them again. */
export function ServiceUserFilter({ organizationId, serviceUserId, serviceUserName, onChoose }: Props) {
  const asked = serviceUserName ?? (serviceUserId === '' ? '' : 'Unknown service user')
  const [text, setText] = useState(asked)
  const [chosenId, setChosenId] = useState(serviceUserId)
  return (
    <>
      <Combobox
        label="Service user"
        hasHiddenLabel
        placeholder="Any service user"
        text={text}
        chosenId={chosenId === '' ? null : chosenId}
        load={async (typed) => {
          // A key that is pasted into the wrong field stays in the browser.
          if (looksLikeKey(typed)) return []
          const outcome = await searchServiceUsers(organizationId, { text: typed })
          if (!outcome.ok) return null
          return outcome.value.serviceUsers.map(({ id, name, liveKeys }) => ({
            id,
            name,
            note: `${liveKeys} live`,
          }))
        }}
        onText={(typed) => {
          setText(typed)
          setChosenId('')
          if (typed.trim() === '' && serviceUserId !== '') onChoose('')
        }}
        onChoose={({ id, name }) => {
          setText(name)
          setChosenId(id)
          onChoose(id)
        }}
        // What is half typed asks for nothing.
        onLeave={() => {
          if (chosenId !== '' || text.trim() === '') return
          setText(asked)
          setChosenId(serviceUserId)
        }}
        nothingWords="No service user has this in its name."
      />
      {serviceUserId !== '' && <input type="hidden" name="serviceUserId" value={serviceUserId} />}
    </>
  )
}

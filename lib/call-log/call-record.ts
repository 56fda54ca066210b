/**
 * What is kept of one call of the API: its log line and its row are written from the same facts. Nothing here may
 * hold a credential, because nothing is looked for.
 */
export type CallRecord = {
  /** When it was answered, milliseconds since 1970. */
  at: number
  /** Ours; its answer carries it too. */
  id: string
  customerRequestId: string | null
  /** Whose call it was, also where it was refused. */
  key: CallingKey | null
  /** The exact reason: a verdict, a problem's code, `VALID`, or `OK` where no key is needed. */
  code: string
  status: number
  method: string
  path: string
  address: string
  durationUs: number
}

/** The same object for the same key as often as can be: what is written of it is kept beside it. */
export type CallingKey = { readonly id: string; readonly organization: { readonly id: string } }

/** Room that one record takes at most, as a line or as a row, when its texts have the lengths below. */
export const longestRecordBytes = 8_192

export const longestPath = 512

/** Beyond any method that a server takes, any address, and any id of ours. */
export const longestWord = 64

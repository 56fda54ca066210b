/** The place of a member in the list: the name that it is sorted by, and the id among equal names. */
export type Place = { name: string; userId: string }

export function cursorText({ name, userId }: Place): string {
  return Buffer.from(`${userId} ${name}`).toString('base64url')
}

/** The place that a cursor names, or null for a text that was never one. */
export function parseCursor(cursor: string): Place | null {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, userId = '', name = ''] = /^(usr_[0-9A-Za-z-]{1,60}) (.{1,300})$/su.exec(text) ?? []
  const isOne = cursorText({ name, userId }) === cursor && !name.includes('\0')
  return isOne && userId !== '' ? { name, userId } : null
}

import { newId } from '@/lib/id'
import type { ContentType } from './content-type'
import type { IncomingFile } from './incoming-file'
import { insertMedia, type Media } from './store'
import { Turns } from './turns'

/** Other questions need connections too. */
const turns = new Turns(4)

export type UploadFacts = {
  organizationId: string
  keyId: string
  fileName: string
  contentType: ContentType
}

/**
 * Stores a file that has arrived, in its turn.
 * @param isWanted whether somebody still waits for the answer
 * @returns what was stored; null when nobody wanted it any more, and nothing was
 */
export async function storeUpload(
  facts: UploadFacts,
  file: IncomingFile,
  isWanted: () => boolean,
  now = new Date(),
): Promise<Media | null> {
  const row = { ...facts, id: newId('med'), bytes: file.bytes, sha256: file.sha256(), createdAt: now }
  const isStored = await turns.run(async () => isWanted() && insertMedia(row, file.pieces, isWanted))
  return isStored ? row : null
}

import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { media, mediaChunks } from '@/db/schema'
import type { IncomingFile } from './incoming-file'

export type Media = typeof media.$inferSelect

/** Writes a file and its pieces, or nothing. `isWanted` is asked at the end, before it counts. */
export async function insertMedia(
  row: Media,
  pieces: IncomingFile['pieces'],
  isWanted: () => boolean,
): Promise<boolean> {
  try {
    await db().transaction(async (tx) => {
      await tx.insert(media).values(row)
      for (const [position, data] of pieces.entries()) {
        if (!isWanted()) throw new NotWanted()
        await tx.insert(mediaChunks).values({ mediaId: row.id, position, data })
      }
      if (!isWanted()) throw new NotWanted()
    })
  } catch (error) {
    if (error instanceof NotWanted) return false
    throw error
  }
  return true
}

/** A file of this organization; another's is absent. */
export async function findMedia(organizationId: string, id: string): Promise<Media | undefined> {
  const [row] = await db()
    .select()
    .from(media)
    .where(and(eq(media.organizationId, organizationId), eq(media.id, id)))
  return row
}

/** The content of a file, piece by piece: no more than one is in memory, and no connection waits for its reader. */
export async function* contentOf({ id, bytes }: Pick<Media, 'id' | 'bytes'>): AsyncGenerator<Buffer> {
  let sentBytes = 0
  for (let position = 0; sentBytes < bytes; position++) {
    const [piece] = await db()
      .select({ data: mediaChunks.data })
      .from(mediaChunks)
      .where(and(eq(mediaChunks.mediaId, id), eq(mediaChunks.position, position)))
    if (!piece) throw new Error(`piece ${position} of ${id} is gone`)
    sentBytes += piece.data.length
    yield piece.data
  }
}

class NotWanted extends Error {}

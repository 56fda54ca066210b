import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { media } from '@/db/schema'
import { RequestLog } from '@/lib/call-log/request-log'
import { env } from '@/lib/env'
import { logger } from '@/lib/log'
import { IncomingFile } from '@/lib/media/incoming-file'
import { storeUpload } from '@/lib/media/store-upload'
import { UploadMemory } from '@/lib/media/upload-memory'
import { hasRequests } from '@/lib/requests/search'
import { demoCalls } from './calls'
import { currentKeyId, keyIds } from './keys'
import { melody } from './melody'
import type { CallingKeys } from './northwind-keys'

/** Through the API's own log, as if the calls had just been answered. */
export async function recordCalls(
  organizationId: string,
  serviceKeys: CallingKeys,
  now: Date,
): Promise<void> {
  if (await hasRequests(organizationId)) return
  const [current, retiring, revoked] = await keyIds(organizationId)
  if (!current || !retiring || !revoked) throw new Error('the demo has three generations of its key')
  const log = new RequestLog(env().DATABASE_URL, logger())
  const keys = { current, retiring, revoked, ...serviceKeys }
  for (const call of demoCalls({ organizationId, keys }, now)) log.record(call)
  await log.stop()
}

export async function uploadMelody(organizationId: string, at: Date): Promise<void> {
  const files = await db().select().from(media).where(eq(media.organizationId, organizationId))
  if (files.length > 0) return
  const bytes = melody(20)
  const file = new IncomingFile(organizationId, bytes.length, new UploadMemory(4 * bytes.length))
  file.write(bytes)
  const keyId = await currentKeyId(organizationId)
  const facts = { organizationId, keyId, fileName: 'on-hold-melody.wav', contentType: 'audio/wav' } as const
  await storeUpload(facts, file, () => true, at)
}

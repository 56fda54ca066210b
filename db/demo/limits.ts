import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { mediaLimitRequests } from '@/db/schema'
import type { UserActor } from '@/lib/auth/actor'
import { requestLimit } from '@/lib/media/request-limit'
import { day } from '@/lib/organization-keys/lifecycle'
import { grantRequest } from '@/lib/support-desk/grant-request'

const wantedBytes = 20 * 1_048_576

/** A request that waits for support. Answers its id. */
async function askForMore(admin: UserActor, reason: string, at: Date): Promise<string> {
  const asked = await requestLimit({ wantedBytes, reason }, admin, at)
  if (!asked.ok) throw new Error(`the demo's request was refused: ${asked.reason}`)
  return asked.value.id
}

export async function askForMoreOnce(admin: UserActor, reason: string, at: Date): Promise<void> {
  if ((await requestsOf(admin.organizationId)).length === 0) await askForMore(admin, reason, at)
}

function requestsOf(organizationId: string) {
  return db().select().from(mediaLimitRequests).where(eq(mediaLimitRequests.organizationId, organizationId))
}

/** What support granted once, for a month: the limit has fallen back since. */
export async function askAndGet(admin: UserActor, support: UserActor, at: Date): Promise<void> {
  const [asked] = await requestsOf(admin.organizationId)
  if (asked?.answeredAt) return
  const requestId = asked?.id ?? (await askForMore(admin, 'Our catalogue comes as PDF files of 16 MB.', at))
  const granted = await grantRequest(
    {
      organizationId: admin.organizationId,
      requestId,
      bytes: wantedBytes,
      endsAt: new Date(at.getTime() + 30 * day),
      reason: 'For the month of the catalogue, as agreed by telephone.',
      seen: 0,
    },
    support,
    new Date(at.getTime() + day / 5),
  )
  if (!granted.ok) throw new Error(`the demo's request was not granted: ${granted.reason}`)
}

import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { organizations } from '@/db/schema'

/** What a browser may see of an organization's General settings. */
export type GeneralView = {
  isoUtcFormat: boolean
  timeZone: string
  requestIdHeader: string
}

export async function viewGeneral(organizationId: string): Promise<GeneralView> {
  const [view] = await db()
    .select({
      isoUtcFormat: organizations.isoUtcFormat,
      timeZone: organizations.timeZone,
      requestIdHeader: organizations.requestIdHeader,
    })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  if (!view) throw new Error(`organization ${organizationId} does not exist`)
  return view
}

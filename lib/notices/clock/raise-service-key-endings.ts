import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { day } from '@/lib/service-keys/lifecycle'
import { daysAhead, type LocalDay, localDayAt } from './local-day'
import { type Batches, type Due, raiseServiceKeyNotices } from './raise-service-key-notices'
import { isUntold } from './untold'

/**
 * Tells of service keys that end within 14 days: once a day that the clocks of the organization's zone show, from
 * nine in the morning there, while the key can be used. Callers repeat it until there are none.
 * @returns how many were new in this batch
 */
export async function raiseServiceKeyEndings(now = new Date(), batches: Batches = {}): Promise<number> {
  return raiseServiceKeyNotices(endings, now, batches)
}

export const endings: Due = {
  kind: 'service-key-ending',
  missing: async (now, which) => missingOn(await daysAt(now, which), now, which),
}

type ZoneDay = { zone: string; date: string; morning: Date; window_ends: Date }

/** The day in each of their zones where it is nine or later; zones are known to JavaScript, not to Postgres. */
async function daysAt(now: Date, which: SQL): Promise<ZoneDay[]> {
  const zones = await db().execute<{ zone: string }>(sql`
    select distinct time_zone as zone from organizations
    where id in (select organization_id from service_keys as keys where ${endsSoon(now)} and ${which})`)
  return zones
    .map(({ zone }) => ({ zone, ...dayIn(zone, now) }))
    .filter(({ morning }) => morning <= now)
    .map(({ zone, date, morning, windowEnds }) => ({ zone, date, morning, window_ends: windowEnds }))
}

/** A zone that a newer process kept and this one does not know keeps nobody else from hearing. */
function dayIn(zone: string, now: Date): LocalDay {
  try {
    return localDayAt(now, zone)
  } catch {
    return localDayAt(now, 'UTC')
  }
}

/** No window of a zone ends later, also where a day comes twice. */
function endsSoon(now: Date): SQL {
  const latest = new Date(now.getTime() + (daysAhead + 3) * day)
  return sql`keys.deleted_at is null and keys.disabled_at is null
    and keys.expires_at > ${now.toISOString()}::timestamptz and keys.expires_at < ${latest.toISOString()}::timestamptz`
}

/** Keys that the day's morning found, and that were not spoken of on that day. */
function missingOn(days: readonly ZoneDay[], now: Date, which: SQL): SQL {
  return sql`
    select keys.id, keys.organization_id, keys.expires_at, zones.date as occasion
    from service_keys as keys
    join organizations on organizations.id = keys.organization_id
    join jsonb_to_recordset(${JSON.stringify(days)}::jsonb)
      as zones(zone text, date text, morning timestamptz, window_ends timestamptz)
      on zones.zone = organizations.time_zone
    where ${endsSoon(now)} and ${which} and keys.expires_at < zones.window_ends and keys.created_at < zones.morning
      and ${isUntold(sql`keys.id`, 'service-key-ending', sql`notices.occasion = zones.date`)}`
}

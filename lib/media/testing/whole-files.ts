import type postgres from 'postgres'
import { expect } from 'vitest'

/** Files that are there with all of their pieces; throws when one is there in part. */
export async function wholeFiles(owner: postgres.Sql): Promise<number> {
  const rows = await owner`select media.bytes, sum(length(data)) as held from media
    left join media_chunks on media_id = media.id group by media.id`
  for (const { bytes, held } of rows) expect(held).toBe(bytes)
  expect(await owner`select 1 from media_chunks where media_id not in (select id from media)`).toHaveLength(0)
  return rows.length
}

import { afterAll, expect, test } from 'vitest'
import { closeDatabase, rawSql } from '@/db/client'
import { createOrganization } from '@/db/factories'
import { setTestEnvironment } from '@/db/testing/environment'
import { DatabaseLine } from '@/db/testing/line'
import { testDatabase } from '@/db/testing/setup'
import { wholeFiles } from '@/lib/media/testing/whole-files'
import { IncomingFile } from './incoming-file'
import { storeUpload } from './store-upload'
import { fileOf } from './testing/files'
import { UploadMemory } from './upload-memory'

const { database, owner } = await testDatabase()
const line = await DatabaseLine.to(database.url)
setTestEnvironment(line.url)
const organizationId = await createOrganization({ name: 'Northwind' })
afterAll(async () => {
  await closeDatabase()
  await line.close()
})

const facts = { organizationId, keyId: 'key_1', fileName: 'a.png', contentType: 'image/png' } as const

function incoming(bytes: number): IncomingFile {
  const file = new IncomingFile(organizationId, bytes, new UploadMemory(10_000_000))
  file.write(fileOf(bytes))
  return file
}

const whole = () => wholeFiles(owner)

async function serverIsIdle(): Promise<void> {
  for (;;) {
    const busy = await owner`select 1 from pg_stat_activity where datname = current_database()
      and application_name = 'keyturn' and state <> 'idle'`
    if (busy.length === 0) return
  }
}

test.each(['before', 'after'] as const)(
  'the connection is cut at every statement, %s the server has it: a file is there wholly or not at all',
  async (when) => {
    let at = 0
    for (let wasCut = true; wasCut; ) {
      at++
      await rawSql()`select 1`
      const before = await whole()
      line.start({ at, when })
      const stored = await storeUpload(facts, incoming(800_000), () => true).catch(() => null)
      wasCut = line.messages >= at
      line.start()
      await serverIsIdle()
      const more = (await whole()) - before
      expect(stored === null ? [0, 1] : [1]).toContain(more)
    }
    expect(at).toBeGreaterThan(8)
  },
)

test('what nobody waits for any more is not stored, whenever that is noticed', async () => {
  const before = await whole()
  for (let asked = 0; asked < 6; asked++) {
    let left = asked
    expect(await storeUpload(facts, incoming(800_000), () => left-- > 0)).toBeNull()
    expect(await whole()).toBe(before)
  }
})

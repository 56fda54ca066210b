import { expect, test } from 'vitest'
import { createOrganization } from '@/db/factories'
import { testDatabaseThroughLine } from '@/db/testing/setup'
import { wholeFiles } from '@/lib/media/testing/whole-files'
import { IncomingFile } from './incoming-file'
import { storeUpload } from './store-upload'
import { fileOf } from './testing/files'
import { UploadMemory } from './upload-memory'

const { owner, cutOff } = await testDatabaseThroughLine()
const organizationId = await createOrganization({ name: 'Northwind' })

const facts = { organizationId, keyId: 'key_1', fileName: 'a.png', contentType: 'image/png' } as const

function incoming(bytes: number): IncomingFile {
  const file = new IncomingFile(organizationId, bytes, new UploadMemory(10_000_000))
  file.write(fileOf(bytes))
  return file
}

const whole = () => wholeFiles(owner)

test.each(['before', 'after'] as const)(
  'the connection is cut at every statement, %s the server has it: a file is there wholly or not at all',
  async (when) => {
    let at = 0
    for (let wasCut = true; wasCut; ) {
      at++
      const before = await whole()
      const store = () => storeUpload(facts, incoming(800_000), () => true)
      const { outcome: stored, wasCut: isMore } = await cutOff({ at, when }, store)
      wasCut = isMore
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

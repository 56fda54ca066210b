import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { OperationalList } from './operational-list'
import { serviceKeyEntry } from './testing/entries'

const former = (digest: string) => serviceKeyEntry({ id: 'key_a', digest, revokedAt: 1, acceptedUntil: 2 })

test('a key goes with every secret that it had, also one that was put twice', () => {
  const list = new OperationalList()
  const digests = ['one', 'two', 'one']
  for (const digest of digests) list.putKey(former(digest))
  list.putKey(serviceKeyEntry({ id: 'key_a', digest: 'current' }))
  list.putKey(serviceKeyEntry({ id: 'key_b', digest: 'other' }))
  expect(list.size).toBe(2)
  list.removeKey('key_a')
  for (const digest of [...digests, 'current']) expect(list.keyByDigest(digest)).toBeUndefined()
  expect(list.keyByDigest('other')?.id).toBe('key_b')
})

test('a key that was rotated very often is read in no time', () => {
  const list = new OperationalList()
  const entries = Array.from({ length: 50_000 }, (_, index) => former(`digest ${index}`))
  const startedAt = performance.now()
  for (const entry of entries) list.putKey(entry)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

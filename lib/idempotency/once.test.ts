import { expect, test } from 'vitest'
import { db } from '@/db/client'
import { testDatabase } from '@/db/testing/setup'
import { done, refuse } from '@/lib/outcome'
import { hour } from '@/lib/service-keys/lifecycle'
import { forgetIdempotencyKeys, once, type Retry } from './once'

const { owner } = await testDatabase()

const now = new Date('2026-03-10T12:00:00.000Z')
const later = (hours: number) => new Date(now.getTime() + hours * hour)
const retryOf = (idempotencyKey: string, question = 'a', callerKeyId = 'key_1'): Retry => ({
  callerKeyId,
  idempotencyKey,
  questionDigest: Buffer.alloc(32, question),
})

let made = 0
const make = async () => done({ subjectId: `key_made_${++made}`, key: 'text' })
const ask = (retry: Retry, at = now, verb: typeof make = make) =>
  db().transaction((tx) => once(tx, retry, at, verb))

test('the same question again does nothing, and answers without the text', async () => {
  const first = await ask(retryOf('same'))
  const before = made
  expect(first).toMatchObject({ ok: true, value: { key: 'text' } })
  expect(await ask(retryOf('same'))).toEqual(done({ subjectId: `key_made_${before}`, isReplayed: true }))
  expect(made).toBe(before)
})

test('another question under the same text is refused; another caller may use the text', async () => {
  await ask(retryOf('shared'))
  expect(await ask(retryOf('shared', 'b'))).toMatchObject({ ok: false, reason: 'idempotency-key-reused' })
  expect(await ask(retryOf('shared', 'b', 'key_2'))).toMatchObject({ ok: true, value: { key: 'text' } })
})

test('a refusal is not remembered, and neither is what was rolled back', async () => {
  const refused = () =>
    db().transaction((tx) => once(tx, retryOf('later'), now, async () => refuse('not-now')))
  expect(await refused()).toMatchObject({ reason: 'not-now' })
  const broken = db().transaction(async (tx) => {
    await once(tx, retryOf('later'), now, make)
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await ask(retryOf('later'))).toMatchObject({ ok: true, value: { key: 'text' } })
})

test('a text is remembered for 24 hours to the millisecond', async () => {
  await ask(retryOf('day'))
  expect(await ask(retryOf('day', 'b'), new Date(later(24).getTime() - 1))).toMatchObject({
    reason: 'idempotency-key-reused',
  })
  expect(await ask(retryOf('day', 'b'), later(24))).toMatchObject({ ok: true, value: { key: 'text' } })
})

test('what is forgotten goes, a few with each new one', async () => {
  await owner`delete from idempotency_keys`
  await owner`insert into idempotency_keys (caller_key_id, idempotency_key, question_digest, subject_id, created_at)
    select 'key_old', n::text, '\\x00', 'key_x', ${now} from generate_series(1, 50) n`
  const left = async () => Number((await owner`select count(*) from idempotency_keys`)[0]?.count)
  const counts = []
  for (const text of ['p', 'q', 'r', 's']) {
    await ask(retryOf(text), later(30))
    counts.push(await left())
  }
  expect(counts).toEqual([31, 12, 3, 4])
})

test('of fifty who ask at once one does it, and all hear of the same key', async () => {
  const before = made
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(retryOf('crowd'))))
  expect(made).toBe(before + 1)
  const values = answers.map((answer) => (answer.ok ? answer.value : null))
  expect(new Set(values.map((value) => value?.subjectId)).size).toBe(1)
  expect(values.filter((value) => value !== null && 'key' in value)).toHaveLength(1)
})

test('what is a day old is forgotten by the clock too, where nobody asks anything new', async () => {
  await owner`delete from idempotency_keys`
  for (const [text, hours] of [
    ['old', 0],
    ['older', -1],
    ['kept', 1],
  ] as const)
    await ask(retryOf(text), later(hours))
  expect(await forgetIdempotencyKeys(later(24), { batch: 1 })).toBe(1)
  expect(await forgetIdempotencyKeys(later(24))).toBe(1)
  expect(await owner`select idempotency_key as text from idempotency_keys`).toEqual([{ text: 'kept' }])
})

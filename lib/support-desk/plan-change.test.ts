import { expect, test } from 'vitest'
import { effectiveMediaLimit, type MediaLimitFacts } from '@/lib/media/limit'
import { limitAt, planChange } from './plan-change'

const now = new Date('2026-11-20T12:00:00Z')
const end = new Date('2026-11-30T17:00:00Z')
const lasting: MediaLimitFacts = {
  mediaLimitBytes: 5,
  temporaryMediaLimitBytes: null,
  temporaryMediaLimitEndsAt: null,
}
const temporary = { ...lasting, temporaryMediaLimitBytes: 20, temporaryMediaLimitEndsAt: end.getTime() }

test('a limit without an end replaces the lasting one and clears a temporary one', () => {
  for (const facts of [lasting, temporary])
    expect(planChange(facts, { bytes: 10, endsAt: null }, now)).toEqual({
      ok: true,
      value: { ...lasting, mediaLimitBytes: 10 },
    })
})

test('a limit with an end leaves what it falls back to as it is', () => {
  const later = new Date('2026-12-24T00:00:00Z')
  for (const facts of [lasting, temporary])
    expect(planChange(facts, { bytes: 10, endsAt: later }, now)).toEqual({
      ok: true,
      value: { mediaLimitBytes: 5, temporaryMediaLimitBytes: 10, temporaryMediaLimitEndsAt: later.getTime() },
    })
})

test('it falls back at the exact moment of its end', () => {
  const plan = planChange(lasting, { bytes: 20, endsAt: end }, now)
  if (!plan.ok) throw new Error(plan.reason)
  expect(effectiveMediaLimit(plan.value, end.getTime() - 1)).toBe(20)
  expect(effectiveMediaLimit(plan.value, end.getTime())).toBe(5)
  expect(limitAt(plan.value, new Date(end.getTime() - 1))).toEqual({
    bytes: 20,
    endsAt: end,
    afterwardsBytes: 5,
  })
  expect(limitAt(plan.value, end)).toEqual({ bytes: 5, endsAt: null, afterwardsBytes: 5 })
})

test('an end that is not in the future is refused', () => {
  for (const endsAt of [now, new Date(now.getTime() - 1), new Date(0)])
    expect(planChange(lasting, { bytes: 20, endsAt }, now)).toMatchObject({ reason: 'ends-in-the-past' })
})

test('what would change nothing is refused', () => {
  expect(planChange(lasting, { bytes: 5, endsAt: null }, now)).toMatchObject({ reason: 'unchanged' })
  expect(planChange(temporary, { bytes: 20, endsAt: end }, now)).toMatchObject({ reason: 'unchanged' })
  expect(planChange(temporary, { bytes: 5, endsAt: end }, now)).toMatchObject({ reason: 'same-afterwards' })
  expect(planChange(temporary, { bytes: 5, endsAt: null }, end)).toMatchObject({ reason: 'unchanged' })
})

test('a temporary limit can be made to stay, be ended early, or be given another end', () => {
  expect(planChange(temporary, { bytes: 20, endsAt: null }, now).ok).toBe(true)
  expect(planChange(temporary, { bytes: 5, endsAt: null }, now).ok).toBe(true)
  expect(planChange(temporary, { bytes: 20, endsAt: new Date(end.getTime() + 1) }, now).ok).toBe(true)
})

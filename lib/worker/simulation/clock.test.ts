import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/setup'
import { seeded } from '@/lib/verify/testing/seeded'
import { type Plan, simulate } from './simulate'
import { Sink } from './sink'

/** Six weeks around a leap day and the days on which clocks change in America, Europe and Australia. */
const short: Plan = {
  start: new Date('2028-02-12T05:17:23Z'),
  days: 60,
  organizations: 24,
  serviceKeys: 24,
  longestLifeDays: 50,
  actsPerDay: 8,
  kills: 2,
  seed: Number(process.env.CLOCK_SEED ?? 1),
  outageDay: 20,
  jumpDays: [10, 30],
}

/** `npm run test:clock`. */
const whole: Plan = {
  ...short,
  start: new Date('2027-09-28T05:17:23Z'),
  days: 400,
  actsPerDay: 10,
  kills: 3,
  organizations: 500,
  serviceKeys: 500,
  longestLifeDays: 300,
  outageDay: 100,
  jumpDays: [40, 200],
}

const sink = await Sink.start(seeded(short.seed))
afterAll(() => sink.stop())
const { owner } = await testDatabase({ RESEND_BASE_URL: sink.url })
const plan = process.env.CLOCK === 'whole' ? whole : short

test(
  'whatever is killed or lost meanwhile: no notice missing, none twice, none untrue, and always an accepted key',
  async () => {
    const { faults, numbers } = await simulate(plan, { owner, sink, environment: process.env })
    if (plan === whole || faults.length > 0) {
      console.log(`seed ${plan.seed}`)
      console.table(numbers)
    }
    expect(faults.slice(0, 20)).toEqual([])
  },
  plan === whole ? 30 * 60_000 : 10 * 60_000,
)

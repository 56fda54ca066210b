import type postgres from 'postgres'
import { seeded } from '@/lib/verify/testing/seeded'
import { Crew } from './crew'
import { between, chance } from './facts/random'
import { day, hour, minute } from './facts/world'
import { beginWorld } from './life/begin'
import { live } from './life/live'
import { callWithSomeKeys } from './life/uses'
import { Oracle } from './oracle/oracle'
import { readMade, readStanding } from './readings'
import { type Findings, settle } from './settle'
import type { Sink } from './sink'
import { Timeline } from './timeline'

export type Plan = {
  start: Date
  days: number
  organizations: number
  serviceKeys: number
  longestLifeDays: number
  /** How much people do in a day. */
  actsPerDay: number
  /** Percent of steps in which a worker is killed. */
  kills: number
  seed: number
  /** Days after the start; mail is down from this one on for two. */
  outageDay: number
  /** The clock of one worker is two hours back on the first day, the clocks of all on the second. */
  jumpDays: readonly [number, number]
}

/** Lives through days with real workers, a real database and a mail service that is not always well. */
export async function simulate(
  plan: Plan,
  { owner, sink, environment }: { owner: postgres.Sql; sink: Sink; environment: NodeJS.ProcessEnv },
): Promise<Findings> {
  const [lifeRandom, workRandom] = [seeded(plan.seed), seeded(plan.seed + 1)]
  const start = plan.start.getTime()
  const end = start + plan.days * day
  const outage = start + plan.outageDay * day
  const world = await beginWorld(owner, lifeRandom, { ...plan, start })
  const oracle = new Oracle(world, () => chance(lifeRandom, 50))
  const crew = await Crew.start(sink, workRandom, environment)
  const timeline = new Timeline(start, lifeRandom)
  const phaseOf = new Map<number, number>()
  const began = performance.now()
  const work = { steps: 0, waitedInOutage: 0 }
  let phase = 0

  async function step(at: number, before: number, isCalm: boolean): Promise<void> {
    phase++
    work.steps++
    const acts = isCalm ? [] : momentsOfLife(before, at)
    await callWithSomeKeys(owner, world, lifeRandom, [before + 1, at])
    await live(world, lifeRandom, acts, { phase, liveServiceKeys: plan.serviceKeys })
    for (const act of world.acts) phaseOf.set(act.at, phase)
    oracle.acted(phase)
    const isOut = at >= outage && at < outage + 2 * day
    // What was taken without a word just before an outage that outlasts the memory of idempotency keys, nobody can know.
    const isBeforeOutage = at >= outage - 11 * hour && at < outage
    sink.weather = isOut ? 'out' : isBeforeOutage || isCalm ? 'fair' : 'slow'
    note(await readStanding(owner, at), at, 'before the workers looked')

    phase++
    Object.assign(sink, { now: at, phase })
    const troubles = sink.troubles
    const { moments, isWhole, isUndisturbed, failures } = await crew.work(owner, at, {
      behind: clocksBehind(at),
      kill: chance(workRandom, plan.kills),
      isCalm: isCalm || isBeforeOutage,
    })
    for (const moment of moments) phaseOf.set(moment, phase)
    oracle.faults.push(...failures)
    oracle.looked(moments, await readMade(owner, moments), phase, isUndisturbed)
    const standing = await readStanding(owner, at, Math.max(...moments))
    note(standing, at, 'after the workers looked')
    const hadTrouble = !isWhole || sink.troubles > troubles
    if (!hadTrouble && standing.mailsDue > 0)
      oracle.faults.push(`${standing.mailsDue} mails are still due at ${new Date(at).toISOString()}`)
    if (isOut) work.waitedInOutage = Math.max(work.waitedInOutage, standing.mailsExplained)
    // Real workers look each minute; what a busy machine made time out is tried again as soon, too.
    if ((hadTrouble || standing.mailsTried > 0) && !isOut) timeline.also(at + 6 * minute)
  }

  /** People act shortly before somebody looks; there are a few hours between two looks, and a few minutes to act. */
  function momentsOfLife(before: number, at: number): Date[] {
    const from = Math.max(before + 1, at - 10 * minute)
    const expected = (plan.actsPerDay * (at - before)) / day
    const count = Math.floor(expected) + (chance(lifeRandom, (expected % 1) * 100) ? 1 : 0)
    const drawn = Array.from({ length: count }, () => between(lifeRandom, from, Math.max(at, from + 1)))
    const distinct = [...new Set(drawn)].filter((moment) => moment < at && !phaseOf.has(moment))
    return distinct.sort((a, b) => a - b).map((moment) => new Date(moment))
  }

  function clocksBehind(at: number): 'none' | 'one' | 'all' {
    const today = Math.floor((at - start) / day)
    return today === plan.jumpDays[0] ? 'one' : today === plan.jumpDays[1] ? 'all' : 'none'
  }

  function note(
    { notOneCurrent, lockedOut }: Awaited<ReturnType<typeof readStanding>>,
    at: number,
    when: string,
  ) {
    const moment = `${when} at ${new Date(at).toISOString()}`
    if (notOneCurrent > 0)
      oracle.faults.push(`${notOneCurrent} organizations without one current key ${moment}`)
    if (lockedOut > 0) oracle.faults.push(`${lockedOut} organizations without an accepted key ${moment}`)
  }

  try {
    while (timeline.now < end) {
      const before = timeline.now
      await step(timeline.next(world), before, false)
    }
    for (const pause of [10 * minute, 2 * hour, 2 * hour, 2 * hour]) {
      const before = timeline.now
      timeline.also(before + pause)
      await step(timeline.next(world), before, true)
    }
    if (work.waitedInOutage === 0) oracle.faults.push('nobody read that mails waited')
    const seconds = (performance.now() - began) / 1000
    return await settle(owner, {
      world,
      oracle,
      sink,
      phaseOf,
      work: { ...work, kills: crew.kills, seconds },
    })
  } finally {
    await crew.end()
  }
}

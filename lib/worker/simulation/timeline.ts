import { dueAt } from './facts/organization-key'
import { anyOf, between, chance, type Random } from './facts/random'
import { day, hour, minute, type World } from './facts/world'
import { wallClock } from './oracle/wall-clock'

/** Which moments a simulation visits: every few hours, and a millisecond before and at some of those that matter. */
export class Timeline {
  #now: number
  #extra: number[] = []

  constructor(
    start: number,
    readonly random: Random,
  ) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** Visits this moment too, as far as it is still to come. */
  also(...moments: number[]): void {
    this.#extra = [...this.#extra, ...moments].sort((a, b) => a - b)
  }

  next(world: World): number {
    const usual = this.#now + between(this.random, 4 * hour, 10 * hour)
    if (this.#extra.every((at) => at > usual) && chance(this.random, 20)) {
      const moment = someMomentOf(world, this.random, this.#now + minute, usual)
      if (moment !== null) this.also(moment - 1, moment)
    }
    this.#extra = this.#extra.filter((at) => at > this.#now)
    this.#now = Math.min(usual, this.#extra[0] ?? usual)
    return this.#now
  }
}

function someMomentOf(world: World, random: Random, from: number, to: number): number | null {
  const zone = anyOf(world.organizations, random)?.timeZone ?? 'UTC'
  const keys = Array.from({ length: 20 }, () => anyOf(world.organizations, random)).flatMap(
    (organization) => {
      if (!organization) return []
      const ends = organization.retiring.flatMap(({ replaced }) => (replaced ? [replaced.acceptedUntil] : []))
      return [
        dueAt(organization.current) ?? 0,
        ...ends.flatMap((end) => [0, 1, 7, 14].map((days) => end - days * day)),
      ]
    },
  )
  const serviceKeys = [...world.serviceKeys.values()].slice(-400)
  const ends = Array.from({ length: 20 }, () => anyOf(serviceKeys, random)?.expiresAt ?? 0)
  return anyOf(
    [...morningsOf(zone, from, to), ...keys, ...ends].filter((at) => at > from && at < to),
    random,
  )
}

/** Where it becomes nine o'clock; clocks are ahead of UTC by whole half hours. */
function morningsOf(timeZone: string, from: number, to: number): number[] {
  const half = 30 * minute
  const first = Math.ceil(from / half) * half
  const ticks = Array.from({ length: Math.ceil((to - from) / half) }, (_, n) => first + n * half)
  return ticks.filter((at) => wallClock(at, timeZone).hour === 9 && wallClock(at - 1, timeZone).hour === 8)
}

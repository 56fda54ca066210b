import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { anyOf, between, chance, type Random } from './facts/random'
import { hour } from './facts/world'
import type { Sink } from './sink'
import { Worker } from './workers'

/** Real seconds are few in a simulation; where nothing is to time out, a busy machine must not make it. */
const [shortPatienceMs, longPatienceMs] = [200, 5_000]

type Look = {
  /** Whose clocks are two hours back. */
  behind: 'none' | 'one' | 'all'
  kill: boolean
  /** Nobody dies and everybody works. */
  isCalm: boolean
}

/** Three workers, of whom now and then one is killed and another takes its place. */
export class Crew {
  kills = 0
  #workers: Worker[] = []
  /** Who dies as soon as a mail of theirs was taken and they do not know yet. */
  #doomed: Worker | null = null
  #usualMs = 40
  readonly #used = new Set<number>()

  private constructor(
    readonly sink: Sink,
    readonly random: Random,
    readonly environment: NodeJS.ProcessEnv,
  ) {
    sink.onTaken = (apiKey) => {
      if (this.#doomed?.apiKey === apiKey) this.#kill(this.#doomed)
    }
  }

  static async start(sink: Sink, random: Random, environment: NodeJS.ProcessEnv): Promise<Crew> {
    const crew = new Crew(sink, random, environment)
    crew.#fill()
    await Promise.all(crew.#workers.map((worker) => worker.ready()))
    return crew
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end()))
  }

  /**
   * All who are there do their work at once.
   * @returns what their clocks said, and whether nobody was killed meanwhile and nothing failed, nor anybody disturbed
   */
  async work(owner: postgres.Sql, at: number, look: Look) {
    this.#fill()
    if (!this.#workers.some(({ isReady }) => isReady) || look.isCalm)
      await Promise.all(this.#workers.map((worker) => worker.ready()))
    const ready = this.#workers.filter(({ isReady }) => isReady)
    const some = look.isCalm || chance(this.random, 90) ? ready : ready.slice(0, between(this.random, 1, 3))
    if (look.isCalm) this.#doomed = null
    else if (look.kill) this.#doom(chance(this.random, 25) ? some : [anyOf(some, this.random)])
    const began = performance.now()
    const behind = (place: number) => look.behind === 'all' || (look.behind === 'one' && place === 0)
    const [right, wrong] = [this.#unused(at), this.#unused(at - 2 * hour)]
    const moments = some.map((_, place) => (behind(place) ? wrong : right))
    const patienceMs = look.isCalm ? longPatienceMs : shortPatienceMs
    const answers = await Promise.all(
      some.map((worker, place) => worker.work({ now: moments[place] ?? at, patienceMs })),
    )
    const failures = answers.flatMap((answer) =>
      answer !== 'killed' && answer.kind === 'failed' ? [answer.cause] : [],
    )
    // Two who believe in different moments want different things of the same key, and may stand in each other's way.
    const agree = look.behind !== 'one' || some.length === 1
    const isWhole = failures.length === 0 && !answers.includes('killed')
    if (answers.includes('killed')) await nobodyIsBusy(owner)
    else this.#usualMs = 0.9 * this.#usualMs + 0.1 * (performance.now() - began)
    return { moments: [...new Set(moments)], isWhole, isUndisturbed: agree && isWhole, failures }
  }

  /** Half of them at any moment of their work, half at the worst one. */
  #doom(workers: readonly (Worker | null)[]): void {
    for (const worker of workers) {
      if (!worker) continue
      if (workers.length === 1 && chance(this.random, 50)) this.#doomed = worker
      else setTimeout(() => this.#kill(worker), this.random(Math.ceil(1.2 * this.#usualMs)))
    }
  }

  #kill(worker: Worker): void {
    if (worker.isGone) return
    if (this.#doomed === worker) this.#doomed = null
    this.kills++
    worker.kill()
  }

  #fill(): void {
    this.#workers = this.#workers.filter(({ isGone }) => !isGone)
    while (this.#workers.length < 3) this.#workers.push(new Worker(this.environment))
  }

  /** No moment is looked at in two steps, so that it tells in which one something was done. */
  #unused(at: number): number {
    if (!this.#used.has(at)) {
      this.#used.add(at)
      return at
    }
    return this.#unused(at + 1)
  }
}

/** Postgres finishes what a killed process asked for last, or takes it back. */
async function nobodyIsBusy(owner: postgres.Sql): Promise<void> {
  for (;;) {
    const busy = await owner`select 1 from pg_stat_activity
      where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`
    if (busy.length === 0) return
    await sleep(2)
  }
}

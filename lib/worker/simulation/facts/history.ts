/**
 * A fact that changes. What happens is ordered by phases that are counted, not by any clock: clocks jump in a
 * simulation.
 */
export class History<T> {
  readonly #changes: { phase: number; value: T }[]

  constructor(first: T) {
    this.#changes = [{ phase: 0, value: first }]
  }

  set(phase: number, value: T): void {
    this.#changes.push({ phase, value })
  }

  /** What it was at the end of a phase. */
  at(phase: number): T {
    const found = this.#changes.findLast((change) => change.phase <= phase)
    if (!found) throw new Error(`nothing is known of phase ${phase}`)
    return found.value
  }

  get latest(): T {
    return this.at(Number.POSITIVE_INFINITY)
  }
}

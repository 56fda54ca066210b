import type { Wanted } from './wanted'

type Possibility = { now: number; tell: readonly string[] }

type Expectation = Wanted & {
  /** When it may have been raised, and to whom it then went. */
  possible: Possibility[]
  /** Since when it has to be there: somebody looked and nobody was killed meanwhile. */
  dueSince: number | null
}

export type RaisedNotice = {
  id: string
  kind: string
  subjectId: string
  occasion: string
  createdAt: number
  recipients: readonly string[]
}

/** Which notices there must be, and which there may be, from what was so whenever a worker looked. */
export class Expectations {
  readonly #all = new Map<string, Expectation>()

  want(wanted: Wanted, possibility: Possibility, phase: number, isUndisturbed: boolean): void {
    if (possibility.tell.length === 0) return
    const name = nameOf(wanted)
    let known = this.#all.get(name)
    if (!known) {
      known = { ...wanted, possible: [], dueSince: null }
      this.#all.set(name, known)
    }
    if (known.dueSince !== null && known.dueSince < phase) return
    known.possible.push(possibility)
    if (isUndisturbed) known.dueSince = phase
  }

  /** Whether it had to be there before this phase. */
  isDue(wanted: Wanted, phase: number): boolean {
    const dueSince = this.#all.get(nameOf(wanted))?.dueSince ?? null
    return dueSince !== null && dueSince < phase
  }

  /** Reads what there is, and answers how many are missing and what is wrong. */
  compare(raised: readonly RaisedNotice[]): { expected: number; missing: string[]; wrong: string[] } {
    const found = new Map(raised.map((notice) => [nameOf(notice), notice]))
    const due = [...this.#all].filter(([, { dueSince }]) => dueSince !== null)
    return {
      expected: due.length,
      missing: due.filter(([name]) => !found.has(name)).map(([name]) => name),
      wrong: [
        ...raised.flatMap((notice) => {
          const fault = this.#faultOf(notice)
          return fault ? [`${nameOf(notice)} at ${new Date(notice.createdAt).toISOString()}: ${fault}`] : []
        }),
        ...(found.size < raised.length ? [`${raised.length - found.size} of the same occasion`] : []),
      ],
    }
  }

  #faultOf(notice: RaisedNotice): string | null {
    const known = this.#all.get(nameOf(notice))
    if (!known) return 'there was never a reason'
    const then = known.possible.filter(({ now }) => now === notice.createdAt)
    if (then.length === 0) return 'there was no reason then'
    const told = [...notice.recipients].sort().join()
    const isRight = then.some(({ tell }) => [...tell].sort().join() === told)
    return isRight ? null : `told ${told}`
  }
}

const nameOf = ({
  kind,
  subjectId,
  occasion,
}: Pick<Wanted, 'kind' | 'subjectId' | 'occasion'> | RaisedNotice) => `${kind} ${subjectId} ${occasion}`

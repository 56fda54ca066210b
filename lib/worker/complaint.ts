type Log = { warn(details: object, message: string): void }

/** Says of what goes wrong again and again that it does, at most once in a while. */
export class Complaint {
  #quietUntil = 0
  #unsaid = 0

  constructor(
    readonly log: Log,
    readonly message: string,
    readonly everyMs = 60_000,
  ) {}

  say(error: unknown): void {
    if (performance.now() < this.#quietUntil) {
      this.#unsaid++
      return
    }
    this.log.warn({ err: error, unsaid: this.#unsaid }, this.message)
    this.#unsaid = 0
    this.#quietUntil = performance.now() + this.everyMs
  }
}

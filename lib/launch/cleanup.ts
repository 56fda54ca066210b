type Undo = () => void | Promise<void>

/** What has to be undone, last first; also when a start is given up halfway. */
export class Cleanup {
  #undos: Undo[] = []
  #running: Promise<void> | undefined

  add(undo: Undo): void {
    if (this.#running) this.#running = this.#running.then(undo)
    else this.#undos.push(undo)
  }

  run(): Promise<void> {
    this.#running ??= (async () => {
      for (const undo of this.#undos.reverse()) await undo()
    })()
    return this.#running
  }
}

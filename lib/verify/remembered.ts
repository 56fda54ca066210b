/**
 * A bounded map that forgets what was not asked for lately: two generations, the older one dropped whole when
 * the younger is full. Holds at most twice `generationSize` entries.
 */
export class Remembered<V> {
  #young = new Map<string, V>()
  #old = new Map<string, V>()

  constructor(readonly generationSize: number) {}

  get(key: string): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: V): void {
    if (this.#young.size >= this.generationSize) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}

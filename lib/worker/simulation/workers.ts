import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from './worker-process'

const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url))

/** A real process that works when it is told to, and can be killed in the middle of it. */
export class Worker {
  static #made = 0
  /** By which a mail service tells who sends. */
  readonly apiKey = `re_worker_${++Worker.#made}`
  readonly #child: ChildProcess
  readonly #ready: Promise<void>
  #isReady = false
  #isGone = false
  #answered: ((answer: Answer | 'killed') => void) | null = null

  constructor(environment: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...environment, RESEND_API_KEY: this.apiKey },
    })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#ready = promise
    promise.catch(() => {})
    this.#child.on('message', (answer: Answer) => {
      if (answer.kind === 'ready') {
        this.#isReady = true
        resolve()
      } else this.#answer(answer)
    })
    this.#child.on('exit', () => {
      this.#isGone = true
      if (this.#child.killed) resolve()
      else reject(new Error('a worker ended by itself'))
      this.#answer('killed')
    })
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isGone
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Resolves when it takes orders, or has ended before. */
  ready(): Promise<void> {
    return this.#ready
  }

  /** Does all of its work once. */
  work(order: Order): Promise<Answer | 'killed'> {
    const { promise, resolve } = Promise.withResolvers<Answer | 'killed'>()
    this.#answered = resolve
    this.#child.send(order, (error) => {
      if (error) this.#answer('killed')
    })
    return promise
  }

  /** Without a chance to say or finish anything. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  async end(): Promise<void> {
    if (this.#isGone) return
    const gone = once(this.#child, 'exit')
    this.kill()
    await gone
  }

  #answer(answer: Answer | 'killed'): void {
    this.#answered?.(answer)
    this.#answered = null
  }
}

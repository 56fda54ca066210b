import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const messageSchema = z.object({
  id: z.string(),
  /** One mail has one entry for each of its recipients. */
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  createdAt: z.string(),
  idempotencyKey: z.string().optional(),
  /** SHA-256 of the request's body, to tell a repetition from a mistake. */
  digest: z.string().optional(),
})

export type Message = z.infer<typeof messageSchema>

const limit = 500

/** The last 500 mails, in memory and in a file of JSON lines. */
export class MailStore {
  /** Oldest first. */
  #messages: Message[]
  #linesInFile = 0

  constructor(private readonly file: string | undefined) {
    this.#messages = file ? linesOf(file).flatMap(messageFrom).slice(-limit) : []
    // A line that was cut off would swallow the next one.
    if (file && this.#messages.length > 0) this.#rewrite(file)
  }

  add(messages: Message[]): void {
    this.#messages = [...this.#messages, ...messages].slice(-limit)
    if (!this.file) return
    appendFileSync(this.file, lines(messages), { mode: 0o600 })
    this.#linesInFile += messages.length
    if (this.#linesInFile > 2 * limit) this.#rewrite(this.file)
  }

  /** Newest first; addresses compare without regard to case. */
  list(to?: string): Message[] {
    const wanted = to?.trim().toLowerCase()
    return this.#messages.filter((each) => !wanted || each.to.toLowerCase() === wanted).reverse()
  }

  find(id: string): Message | undefined {
    return this.#messages.find((each) => each.id === id)
  }

  findByIdempotencyKey(key: string, since: Date): Message | undefined {
    return this.#messages.find((each) => each.idempotencyKey === key && each.createdAt >= since.toISOString())
  }

  #rewrite(file: string): void {
    writeFileSync(`${file}.unfinished`, lines(this.#messages), { mode: 0o600 })
    renameSync(`${file}.unfinished`, file)
    this.#linesInFile = this.#messages.length
  }
}

function lines(messages: Message[]): string {
  return messages.map((each) => `${JSON.stringify(each)}\n`).join('')
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The last line may be cut off where the process was killed while writing it. */
function messageFrom(line: string): Message[] {
  try {
    return [messageSchema.parse(JSON.parse(line))]
  } catch {
    return []
  }
}

import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * When the line goes dead: at the n-th message (from 1) that asks something, before or after the server has it, or
 * before and without a word.
 */
export type Cut = { at: number; when: 'before' | 'after' | 'silently' }

/** The wire between the product and Postgres, in the hands of a test: it counts statements and can be cut. */
export class DatabaseLine {
  /** Statements that were executed since the last `start()`. */
  statements = 0
  /** Messages that ask something (parse, execute, query) since the last `start()`; each is a place to cut. */
  messages = 0
  #cut: Cut | null = null
  #sockets = new Set<Socket>()

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async to(databaseUrl: string): Promise<DatabaseLine> {
    const target = new URL(databaseUrl)
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const through = new URL(databaseUrl)
    through.port = String(address.port)
    const line = new DatabaseLine(through.href, server)
    server.on('connection', (client) =>
      line.#join(client, connect(Number(target.port || 5432), target.hostname)),
    )
    return line
  }

  /** Counts from zero, and cuts once at `cut` when it is given. */
  start(cut: Cut | null = null): void {
    this.statements = 0
    this.messages = 0
    this.#cut = cut
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  #join(client: Socket, database: Socket): void {
    let rest = Buffer.alloc(0)
    let started = false
    let isSilent = false
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.end()
      })
    }
    database.pipe(client)
    client.on('data', (chunk) => {
      if (isSilent) return
      rest = Buffer.concat([rest, chunk])
      for (;;) {
        // The first message of a connection has no type byte.
        const typed = started ? 1 : 0
        if (rest.length < typed + 4) return
        const length = typed + rest.readUInt32BE(typed)
        if (rest.length < length) return
        const message = rest.subarray(0, length)
        rest = rest.subarray(length)
        const fate = started ? this.#fate(String.fromCharCode(message[0] ?? 0)) : 'pass'
        started = true
        if (fate === 'silently') {
          isSilent = true
          return
        }
        if (fate !== 'before') database.write(message)
        if (fate === 'pass') continue
        // The server still reads what has been sent to it; the client hears nothing any more.
        if (fate === 'after') database.write(rest)
        client.destroy()
        return
      }
    })
  }

  #fate(type: string): 'pass' | Cut['when'] {
    if (type === 'E' || type === 'Q') this.statements++
    if (!'PEQ'.includes(type)) return 'pass'
    this.messages++
    if (this.#cut?.at !== this.messages) return 'pass'
    const { when } = this.#cut
    this.#cut = null
    return when
  }
}

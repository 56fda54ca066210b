import { connect, createServer } from 'node:net'

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Free ports that all differ, as values for the given variables. */
export async function freePorts(...variables: string[]): Promise<NodeJS.ProcessEnv> {
  const ports = new Set<number>()
  while (ports.size < variables.length) ports.add(await freePort())
  const texts = [...ports].map(String)
  return { ...process.env, ...Object.fromEntries(variables.map((name, index) => [name, texts[index]])) }
}

/** Reads a port from a variable; throws with its name when it is not one. */
export function portFrom(source: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = source[variable] || String(fallback)
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new Error(`${variable} is "${text}"; it must be a port number from 1 to 65535.`)
}

/** Throws when a port is taken or wanted twice, with the variable that moves it. */
export async function requireFreePorts(wanted: Record<string, number>): Promise<void> {
  const entries = Object.entries(wanted)
  for (const [index, [variable, port]] of entries.entries()) {
    const twin = entries.slice(0, index).find(([, other]) => other === port)
    if (twin) throw new Error(`${twin[0]} and ${variable} are both ${port}; they must differ.`)
    const problem = await portProblem(port)
    if (problem) throw new Error(`Port ${port} ${problem}. Choose another one with ${variable}=<port>.`)
  }
}

async function portProblem(port: number): Promise<string | undefined> {
  // A browser may resolve "localhost" to either address, and binding alone misses a listener on the other one.
  for (const host of ['127.0.0.1', '::1']) {
    if (await answers(host, port)) return 'is already in use'
  }
  const code = await bindError(port)
  if (code === 'EADDRINUSE') return 'is already in use'
  if (code === 'EACCES') return 'is reserved for privileged programs'
  return code && `cannot be opened (${code})`
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const settle = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
    socket.setTimeout(1000, () => settle(false))
  })
}

function bindError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}

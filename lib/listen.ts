import type { Server } from 'node:http'

/** Listens, or ends the process with one line that names the port and the variable that moves it. */
export function listen(
  server: Server,
  at: { name: string; variable: string; host: string; port: number },
  then: () => void,
): void {
  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE'
    const reason = taken ? `port ${at.port} is taken; set ${at.variable} to another one` : error.message
    process.stderr.write(`The ${at.name} cannot listen: ${reason}.\n`)
    process.exit(1)
  })
  server.listen(at.port, at.host, then)
}

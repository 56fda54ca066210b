import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cleanup } from './cleanup'
import type { Demo } from './demo'

const path = /^\/processes\/(database|api|console|worker|mailbox)\/(stop|start|kill)$/

/**
 * Lets browser tests break things: `POST /processes/<name>/stop`, `start` (answers when it is ready again) and
 * `kill` (it comes back by itself). On loopback, and only while the tests run. Returns its address.
 */
export async function serveControl(demo: Demo, cleanup: Cleanup): Promise<string> {
  const processes = new Map(
    [demo.database, ...demo.processes].map((each) => [
      each.name,
      {
        stop: () => each.stop(),
        start: async () => {
          each.start()
          await each.untilReady()
        },
        kill: async () => each.kill(),
      },
    ]),
  )
  const server = createServer(async (request, response) => {
    const [, name = '', verb = ''] = path.exec(request.url ?? '') ?? []
    const action = processes.get(name)?.[verb as 'stop' | 'start' | 'kill']
    if (request.method !== 'POST' || !action) return response.writeHead(404).end()
    try {
      await action()
      response.writeHead(204).end()
    } catch (error) {
      response.writeHead(500).end((error as Error).message)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanup.add(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

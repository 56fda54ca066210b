import type { Server } from 'node:http'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api'

const drainWithinMs = 10_000

/**
 * Takes the server out of service: first `/readyz` fails, for `noticeMs`, while everything is still answered;
 * then nobody new comes in and running requests end, for at most `withinMs`. Those that are cut off by that, such as
 * long uploads, have heard of it when it is over, so that their calls are still logged.
 */
export async function drain(
  api: Pick<Api, 'draining'>,
  server: Server,
  noticeMs: number,
  withinMs = drainWithinMs,
): Promise<void> {
  api.draining = true
  await sleep(noticeMs)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })])
  server.closeAllConnections()
  // Sockets tell their end at the end of the event loop's turn.
  await setImmediate()
  await setImmediate()
}

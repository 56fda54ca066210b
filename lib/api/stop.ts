import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api'

const drainWithinMs = 10_000

/**
 * Takes the server out of service: first `/readyz` fails, for `noticeMs`, while everything is still answered;
 * then nobody new comes in and running requests end, for at most ten seconds.
 */
export async function drain(api: Api, server: Server, noticeMs: number): Promise<void> {
  api.draining = true
  await sleep(noticeMs)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await Promise.race([closed, sleep(drainWithinMs, undefined, { ref: false })])
  server.closeAllConnections()
}
